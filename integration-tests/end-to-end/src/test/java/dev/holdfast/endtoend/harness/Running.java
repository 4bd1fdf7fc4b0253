package dev.holdfast.endtoend.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A JVM that was started. Closing it ends it, if it has not ended. */
public final class Running implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofMinutes(4);

  private final List<String> command;
  private final Process process;
  private final Path out;
  private final Path err;

  private Running(List<String> command, Process process, Path out, Path err) {
    this.command = command;
    this.process = process;
    this.out = out;
    this.err = err;
  }

  static Running start(List<String> command, Map<String, String> environment) throws IOException {
    Path out = Files.createTempFile("holdfast-test", ".out");
    Path err = Files.createTempFile("holdfast-test", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().remove("JAVA_TOOL_OPTIONS"); // the JVM reports it on standard error
    builder.environment().remove("HOLDFAST_OPTIONS");
    builder.environment().putAll(environment);
    return new Running(command, builder.start(), out, err);
  }

  /** The process id. */
  public long pid() {
    return process.pid();
  }

  /** What the program reads on standard input next. */
  public void tell(String line) {
    try {
      process.getOutputStream().write((line + "\n").getBytes(UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the program has written something on standard output. */
  public void awaitOutput(String text) {
    await("'" + text + "' on standard output", () -> read(out).contains(text));
  }

  private void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      if (!process.isAlive() || System.nanoTime() - deadline > 0) {
        throw new AssertionError("no " + what + ": " + outcome());
      }
      try {
        process.waitFor(5, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** Waits for the end. A JVM that does not end shows its threads in the failure. */
  public Outcome outcome() {
    return outcome(DEADLINE);
  }

  /** As {@link #outcome()}, for a program that may take longer. */
  public Outcome outcome(Duration deadline) {
    try {
      if (!process.waitFor(deadline.toSeconds(), TimeUnit.SECONDS)) {
        new ProcessBuilder("kill", "-QUIT", Long.toString(process.pid())).start().waitFor();
        process.waitFor(2, TimeUnit.SECONDS);
        process.destroyForcibly().waitFor();
        throw new AssertionError("did not end within " + deadline + ": " + outcome());
      }
    } catch (InterruptedException | IOException e) {
      throw new AssertionError(e);
    }
    return new Outcome(command, process.exitValue(), read(out), read(err));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      process.destroyForcibly().waitFor();
      Files.delete(out);
      Files.delete(err);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
