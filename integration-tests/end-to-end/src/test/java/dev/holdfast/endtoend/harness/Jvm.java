package dev.holdfast.endtoend.harness;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JVM that is to be started, with the test classes on its class path. Immutable: each method that
 * adds something answers with another one.
 */
public record Jvm(
    List<String> prefix,
    List<String> arguments,
    List<String> agentOptions,
    List<String> classPath,
    Map<String, String> environment) {

  /** The packaged agent. */
  public static final Path AGENT = property("holdfast.jar");

  /** Where the C libraries of these tests are. */
  public static final Path NATIVE = property("holdfast.test.native");

  /** Where the tests' own classes are. */
  public static final Path CLASSES = property("holdfast.test.classes");

  /** What the JVM needs to let JNA load native code without a warning, from 24 on. */
  public static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";

  /** The JVM that the build names, not told of the agent yet. */
  public static Jvm underTest() {
    List<String> arguments =
        List.of(
            "-Xmx256m",
            "-Djna.library.path=" + NATIVE,
            "-XX:+ErrorFileToStderr",
            "-XX:-CreateCoredumpOnCrash",
            NATIVE_ACCESS);
    return new Jvm(List.of(), arguments, List.of(), List.of(CLASSES.toString()), Map.of());
  }

  private static Path property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalStateException("-D" + name + "= is missing: the pom sets it");
    }
    return Path.of(value);
  }

  /** The feature number of the JVM under test, 17 for 17.0.15. */
  public static int feature() {
    return Runtime.version().feature(); // the tests' JVM is the one under test
  }

  /** With more arguments. */
  public Jvm with(String... more) {
    return new Jvm(prefix, plus(arguments, more), agentOptions, classPath, environment);
  }

  /** Without one of its arguments. */
  public Jvm without(String argument) {
    List<String> fewer = arguments.stream().filter(one -> !one.equals(argument)).toList();
    return new Jvm(prefix, fewer, agentOptions, classPath, environment);
  }

  /** Started by another command, whose last arguments the JVM's command line becomes. */
  public Jvm startedBy(String... command) {
    return new Jvm(List.of(command), arguments, agentOptions, classPath, environment);
  }

  /** With the agent, and more of its options. */
  public Jvm agent(String... options) {
    return new Jvm(prefix, arguments, plus(agentOptions, options), classPath, environment);
  }

  /** Without the agent. */
  public Jvm withoutAgent() {
    return new Jvm(prefix, arguments, List.of(), classPath, environment);
  }

  /** With a jar or directory behind the test classes. */
  public Jvm classPath(Path more) {
    return new Jvm(prefix, arguments, agentOptions, plus(classPath, more.toString()), environment);
  }

  /** With an environment variable. */
  public Jvm environment(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(environment);
    more.put(name, value);
    return new Jvm(prefix, arguments, agentOptions, classPath, Map.copyOf(more));
  }

  private static List<String> plus(List<String> some, String... more) {
    List<String> all = new ArrayList<>(some);
    all.addAll(List.of(more));
    return List.copyOf(all);
  }

  /** Runs a program, which must end with exit code 0 and say nothing. */
  public void runs(Class<?> main, String... arguments) {
    run(main, arguments).isSilentSuccess();
  }

  /** Runs a program and waits for its end. */
  public Outcome run(Class<?> main, String... arguments) {
    try (Running running = start(main, arguments)) {
      return running.outcome();
    }
  }

  /** Starts a program; whoever starts it closes it. */
  public Running start(Class<?> main, String... programArguments) {
    return start(main.getName(), programArguments);
  }

  /** As {@link #start(Class, String...)}, for a class that these tests have made. */
  public Running start(String main, String... programArguments) {
    List<String> command = new ArrayList<>(prefix);
    command.add(property("holdfast.test.java").resolve("bin/java").toString());
    command.addAll(arguments);
    if (!agentOptions.isEmpty()) {
      command.add("-javaagent:" + AGENT + "=" + String.join(",", agentOptions));
    }
    command.add("-cp");
    command.add(String.join(File.pathSeparator, classPath));
    command.add(main);
    command.addAll(List.of(programArguments));
    try {
      return Running.start(command, environment);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
