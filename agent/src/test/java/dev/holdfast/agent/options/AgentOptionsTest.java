package dev.holdfast.agent.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.stats.Log;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentOptionsTest {
  @TempDir Path directory;

  private static AgentOptions parse(String argument) {
    return AgentOptions.parse(argument, null);
  }

  @Test
  void nothingGivenMeansDefaults() {
    AgentOptions options = parse(null);
    assertThat(options.selection().isEmpty()).isTrue();
    assertThat(options.mode()).isEqualTo(AgentOptions.Mode.SITE);
    assertThat(options.arena()).isEqualTo(AgentOptions.DEFAULT);
    assertThat(options.nursery()).isEqualTo(AgentOptions.DEFAULT);
    assertThat(options.cohort()).isEqualTo(AgentOptions.DEFAULT);
    assertThat(options.zeal()).isZero();
    assertThat(options.verify()).isFalse();
    assertThat(options.debug()).isFalse();
    assertThat(options.dump()).isNull();
    assertThat(options.libdir()).isNull();
    assertThat(options.onFailure()).isEqualTo(AgentOptions.OnFailure.OFF);
    assertThat(options.log()).isEqualTo(Log.Level.WARN);
  }

  @Test
  void everyOptionIsTaken() {
    AgentOptions options =
        parse(
            "include=com.acme.*:org.x.**,exclude=**.Test*,mode=demand,arena=1g,nursery=16m,"
                + "cohort=512,zeal=7,verify,debug=true,onfailure=stop,log=debug,libdir="
                + directory
                + ",dump="
                + directory.resolve("new"));
    assertThat(options.selection())
        .hasToString("include=[com.acme.*, org.x.**], exclude=[**.Test*]");
    assertThat(options.mode()).isEqualTo(AgentOptions.Mode.DEMAND);
    assertThat(options.arena()).isEqualTo(1L << 30);
    assertThat(options.nursery()).isEqualTo(16L << 20);
    assertThat(options.cohort()).isEqualTo(512);
    assertThat(options.zeal()).isEqualTo(7);
    assertThat(options.verify()).isTrue();
    assertThat(options.debug()).isTrue();
    assertThat(options.onFailure()).isEqualTo(AgentOptions.OnFailure.STOP);
    assertThat(options.log()).isEqualTo(Log.Level.DEBUG);
    assertThat(options.libdir()).isEqualTo(directory);
    assertThat(options.dump()).isEqualTo(directory.resolve("new"));
  }

  @ParameterizedTest
  @CsvSource({"4194304,4194304", "4096k,4194304", "4m,4194304", "8M,8388608", "2g,2147483648"})
  void sizesTakeALetter(String text, long bytes) {
    assertThat(parse("arena=" + text).arena()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "arena=8q | arena=8q: not a size (expected digits with k, m or g)",
        "arena= | arena=: not a size (expected digits with k, m or g)",
        "arena=m | arena=m: not a size (expected digits with k, m or g)",
        "arena=-1m | arena=-1m: not a size (expected digits with k, m or g)",
        "arena=99999999999g | arena=99999999999g: not a size (expected digits with k, m or g)",
        "arena=1k | arena=1k: out of range (expected from 4m to 1024g)",
        "arena=8m,nursery=9m | nursery=9m: out of range (expected from 1m to 8m)",
        "cohort=300 | cohort=300: no cohort size (expected 256, 512 or 1k)",
        "cohort=2k | cohort=2k: out of range (expected from 256 to 1k)",
        "zeal=often | zeal=often: not a count (expected 0 to 2147483647)",
        "zeal=-1 | zeal=-1: not a count (expected 0 to 2147483647)",
        "verify=yes | verify=yes: neither true nor false (expected true or false)",
        "mode=lazy | mode=lazy: no such mode (expected site or demand)",
        "onfailure=cry | onfailure=cry: no such onfailure (expected off or stop)",
        "log=loud | log=loud: no such log (expected error or warn or info or debug)",
        "libdir=/no/such | libdir=/no/such: not a directory (expected a directory)",
        "include=a.b,include=c | include=c: given twice in the agent's argument (expected one value,"
            + " patterns with : between)",
      })
  void aBadValueIsNamedWithWhatIsAllowed(String argument, String message) {
    assertThatThrownBy(() -> parse(argument))
        .isInstanceOf(OptionException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({
    "aerna=1m,no such option (expected one of arena",
    "'include=a,,b',an empty option",
    "include=,empty pattern",
    "include,has no value",
    "include=a..b,empty package name",
    "include=a.***,more than two *",
    "include=a/b,'/' is in no class name",
    "include=a.\u0001b,control character U+0001 at 2",
    "include=java.util.*,classes of the JDK and of Holdfast have no mirrors",
    "include=jdk.internal.**,classes of the JDK and of Holdfast have no mirrors",
    "include=sun.misc.Unsafe,classes of the JDK and of Holdfast have no mirrors",
    "include=dev.holdfast.*,classes of the JDK and of Holdfast have no mirrors",
    "include=dev.holdfast.collect.Engine,classes of the JDK and of Holdfast have no mirrors",
    "config=/no/such/file,cannot be read",
  })
  void whatCannotBeFollowedIsSaidInOneLine(String argument, String part) {
    assertThatThrownBy(() -> parse(argument))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining(part)
        .hasMessageNotContaining("\n");
  }

  @Test
  void aLineBreakInAValueDoesNotBreakTheLine() {
    assertThatThrownBy(() -> AgentOptions.parse(null, "include=a.B:\r\nc.D,arena=8m"))
        .isInstanceOf(OptionException.class)
        .hasMessageStartingWith("include=a.B:\\r\\nc.D: ");
  }

  @Test
  void argumentGoesBeforeEnvironmentGoesBeforeFile() throws IOException {
    Path file = directory.resolve("holdfast.properties");
    Files.writeString(file, "arena = 1g\nzeal = 1\nmode=demand\nlog=info\n# a remark\n");
    AgentOptions options =
        AgentOptions.parse("arena=8m,zeal=3", "config=" + file + ",arena=16m,mode=site");
    assertThat(options.arena()).isEqualTo(8L << 20);
    assertThat(options.zeal()).isEqualTo(3);
    assertThat(options.mode()).isEqualTo(AgentOptions.Mode.SITE);
    assertThat(options.log()).isEqualTo(Log.Level.INFO);
  }

  @Test
  void fileWithAnUnknownKeyIsRefused() throws IOException {
    Path file = directory.resolve("holdfast.properties");
    Files.writeString(file, "arenas=1g\n");
    assertThatThrownBy(() -> parse("config=" + file)).hasMessageContaining("arenas=1g: no such");
  }
}
