package dev.holdfast;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a JVM of its own has said.
 *
 * @param exitCode -1 if it did not end within {@value #DEADLINE_MINUTES} minutes
 * @param output standard output and standard error, as they came
 */
public record ChildJvm(int exitCode, String output) {
  private static final int DEADLINE_MINUTES = 5;

  /** Runs {@code main} of a class of the test class path in a JVM that gets no other options. */
  public static ChildJvm run(Class<?> main, String... options) {
    return run(classPath(), main, options);
  }

  /**
   * The same for one that starts an engine with mirrors, without the agent that would open these.
   */
  public static ChildJvm runEngine(Class<?> main, String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED");
    all.add("--add-exports=java.base/jdk.internal.access=ALL-UNNAMED");
    all.add("--enable-native-access=ALL-UNNAMED");
    return run(main, all.toArray(new String[0]));
  }

  public static ChildJvm run(String classPath, Class<?> main, String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", classPath, main.getName()));
    try {
      Path output = Files.createTempFile("holdfast-child", ".txt");
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(DEADLINE_MINUTES, TimeUnit.MINUTES);
        if (!ended) {
          process.destroyForcibly().waitFor();
        }
        return new ChildJvm(ended ? process.exitValue() : -1, Files.readString(output, UTF_8));
      } finally {
        Files.delete(output);
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Surefire starts this JVM from a jar that names the class path in its manifest. */
  public static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
