package dev.holdfast.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Test
  void printsALineAtEachQuarterWhereThereIsNoTerminal() {
    count(new Progress(out(), false), 100);
    assertThat(text().lines())
        .containsExactly(
            "work: 25 of 100", "work: 50 of 100", "work: 75 of 100", "work: 100 of 100");
  }

  @Test
  void keepsToOneLineOnATerminalAndEndsIt() {
    count(new Progress(out(), true), 1000);
    assertThat(text()).startsWith("\rwork: 1 of 1000").endsWith("\rwork: 1000 of 1000\n");
    assertThat(text().indexOf('\n')).isEqualTo(text().length() - 1);
  }

  private static void count(Progress progress, int of) {
    for (int i = 1; i <= of; i++) {
      progress.show("work", i, of);
    }
  }

  private PrintStream out() {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8).replace(",", "");
  }
}
