package dev.holdfast.endtoend.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/**
 * How a JVM ended.
 *
 * @param command its command line
 * @param out what it wrote on standard output
 * @param err what it wrote on standard error
 */
public record Outcome(List<String> command, int exitCode, String out, String err) {
  /** All that happened, for the message of a failure. */
  @Override
  public String toString() {
    return String.join(" ", command)
        + "\nexit code "
        + exitCode
        + "\nstandard output:\n"
        + out
        + "\nstandard error:\n"
        + err;
  }

  /** Nothing went wrong, and nobody said anything. */
  public void isSilentSuccess() {
    isSilent(0);
  }

  /** Nobody said anything, and this was the exit code. */
  public void isSilent(int expectedExitCode) {
    assertThat(exitCode == expectedExitCode && out.isEmpty() && err.isEmpty())
        .as("silent with exit code %d: %s", expectedExitCode, this)
        .isTrue();
  }

  /** The program ended well, and Holdfast or the JVM said these lines on standard error. */
  public void isSuccessSaying(String... linePatterns) {
    assertThat(exitCode).as("%s", this).isZero();
    assertThat(out).as("%s", this).isEmpty();
    saidLines(linePatterns);
  }

  /** Standard error has just these lines, each matched by its pattern. */
  public void saidLines(String... linePatterns) {
    List<String> lines = err.lines().toList();
    assertThat(lines).as("%s", this).hasSize(linePatterns.length);
    for (int i = 0; i < linePatterns.length; i++) {
      assertThat(lines.get(i)).as("%s", this).matches(linePatterns[i]);
    }
  }
}
