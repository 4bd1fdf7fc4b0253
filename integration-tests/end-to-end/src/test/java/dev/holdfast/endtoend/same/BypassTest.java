package dev.holdfast.endtoend.same;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Serialization, reflection and libraries that do without byte code see what they saw before. */
class BypassTest {
  @TempDir private Path directory;

  @Test
  void librariesAndReflectionSeeAndMakeTheSame() {
    Path classes = directory.resolve("classes");
    Programs.javac(
        classes,
        Programs.sources("bypass"),
        "-XDignore.symbol.file",
        "-cp",
        Programs.classPath(Programs.jars("bypass")));
    // Each run reads what the one before has written: without the agent, with it, and moving.
    Sameness.of(classes, Programs.jars("bypass"), "bypass.**")
        .with("--add-opens=java.base/java.lang=ALL-UNNAMED")
        .with("--add-opens=java.base/java.util=ALL-UNNAMED")
        .holds(
            directory.resolve("dump"), "bypass.Main", directory.resolve("serialized").toString());
  }
}
