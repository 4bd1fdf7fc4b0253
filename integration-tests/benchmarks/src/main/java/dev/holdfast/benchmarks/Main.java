package dev.holdfast.benchmarks;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * {@code java -jar benchmarks.jar}: JMH with all its options, the agent in the JVMs that it starts,
 * and at the end the table of aims.
 *
 * <p>The agent is {@code agent/target/holdfast.jar} of the same checkout, or what the system
 * property {@value #AGENT} names. With {@code -f 0} nothing is started: then the command itself
 * needs the arguments that {@link #agentArguments} gives.
 */
public final class Main {
  private static final String AGENT = "holdfast.agent";
  private static final String INCLUDE = "include=dev.holdfast.benchmarks.managed.*,arena=512m";

  private Main() {}

  /** Exit code 1 if a benchmark failed and {@code -foe true} was given, or nothing was run. */
  public static void main(String[] args) throws Exception {
    try {
      CommandLineOptions commandLine = new CommandLineOptions(args);
      if (onlyAsks(commandLine)) {
        org.openjdk.jmh.Main.main(args);
      } else {
        run(commandLine);
      }
    } catch (CommandLineOptionException | RunnerException | NoSuchFileException e) {
      System.err.println("benchmarks: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void run(CommandLineOptions commandLine) throws Exception {
    List<String> arguments = new ArrayList<>(agentArguments());
    arguments.addAll(commandLine.getJvmArgsAppend().orElse(List.of()));
    Options options =
        new OptionsBuilder()
            .parent(commandLine)
            .addProfiler(CpuTime.class)
            .jvmArgsAppend(arguments.toArray(String[]::new))
            .build();
    Collection<RunResult> results = new Runner(options).run();
    System.out.println();
    System.out.print(new AimTable(results).markdown());
  }

  private static boolean onlyAsks(CommandLineOptions options) {
    return options.shouldHelp()
        || options.shouldList()
        || options.shouldListWithParams()
        || options.shouldListProfilers()
        || options.shouldListResultFormats();
  }

  /** What a JVM that measures is started with. */
  static List<String> agentArguments() throws URISyntaxException, NoSuchFileException {
    return List.of("-javaagent:" + agent() + "=" + INCLUDE, "--enable-native-access=ALL-UNNAMED");
  }

  private static Path agent() throws URISyntaxException, NoSuchFileException {
    String named = System.getProperty(AGENT);
    Path jar = named != null ? Path.of(named).toAbsolutePath() : besideThis();
    if (!Files.isRegularFile(jar)) {
      throw new NoSuchFileException(
          jar.toString(),
          null,
          "the agent is not there: build it with 'mvn -DskipTests package', or name it with -D"
              + AGENT
              + "=FILE before -jar");
    }
    return jar;
  }

  /** This is integration-tests/benchmarks/target/benchmarks.jar. */
  private static Path besideThis() throws URISyntaxException {
    Path here = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path module = here.getParent().getParent();
    return module.resolve("../../agent/target/holdfast.jar").normalize();
  }
}
