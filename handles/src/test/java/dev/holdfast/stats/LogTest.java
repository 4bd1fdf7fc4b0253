package dev.holdfast.stats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class LogTest {
  @Test
  void printsLinesOfItsLevelAndGraverOnes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(bytes, true, UTF_8));
    try {
      Log.level(Log.Level.INFO);
      Log.error("a");
      Log.warn("b");
      Log.info("c");
      Log.debug("d");
    } finally {
      Log.level(Log.Level.WARN);
      System.setErr(before);
    }
    assertThat(bytes.toString(UTF_8).lines())
        .containsExactly("holdfast: error: a", "holdfast: warn: b", "holdfast: info: c");
  }
}
