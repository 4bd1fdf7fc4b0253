package dev.holdfast.stats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.ChildJvm;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogTest {
  /** What is written, each call by itself. */
  private static final class Writes extends OutputStream {
    final List<String> texts = new ArrayList<>();

    @Override
    public void write(int b) {
      throw new AssertionError("a byte");
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
      texts.add(new String(bytes, from, count, UTF_8));
    }
  }

  @Test
  void printsLinesOfItsLevelAndGraverOnesEachAtOnce() {
    Writes writes = new Writes();
    OutputStream before = Log.to(writes);
    try {
      Log.level(Log.Level.INFO);
      Log.error("a");
      Log.warn("b");
      Log.info("c");
      Log.debug("d");
      Log.debug(new Exception("e"));
      Log.report("f");
    } finally {
      Log.level(Log.Level.WARN);
      Log.to(before);
    }
    String end = System.lineSeparator();
    assertThat(writes.texts)
        .containsExactly(
            "holdfast: error: a" + end,
            "holdfast: warn: b" + end,
            "holdfast: info: c" + end,
            "holdfast: f");
  }

  @Test
  void printsTheStackTraceOfWhatALineIsAboutAtDebugLevel() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    OutputStream before = Log.to(bytes);
    try {
      Log.level(Log.Level.DEBUG);
      Log.debug(new IllegalStateException("on purpose"));
    } finally {
      Log.level(Log.Level.WARN);
      Log.to(before);
    }
    assertThat(bytes.toString(UTF_8).lines())
        .startsWith("java.lang.IllegalStateException: on purpose")
        .anyMatch(line -> line.contains("at dev.holdfast.stats.LogTest."));
  }

  @Test
  void printsInTheEncodingOfStandardErrorAndWhereTheJvmDoes() {
    String encoding = "stderr.encoding=US-ASCII"; // until 18 it is sun's
    assertThat(ChildJvm.run(Beside.class, "-D" + encoding, "-Dsun." + encoding).output().lines())
        .containsExactly("holdfast: warn: gr??e", "holdfast: warn: gr??e", "went on");
  }

  /** Goes red when a line initialises a class of the JDK. */
  @Test
  void costsTheProgramNothingWhereItHasNoStackLeft() {
    assertThat(ChildJvm.run(Deep.class, "-Xss512k").output()).contains("told").endsWith("kept");
  }

  /** Runs in the child: prints beside the JVM's own stream, and when that is closed. */
  static final class Beside {
    private Beside() {}

    public static void main(String[] args) {
      System.err.println("holdfast: warn: grüße");
      Log.warn("grüße");
      System.err.close();
      Log.warn("nobody sees it");
      System.out.println("went on");
    }
  }

  /** Runs in the child: has something told at the end of its stack and above. */
  static final class Deep {
    private Deep() {}

    public static void main(String[] args) {
      Log.level(Log.Level.WARN); // initialised
      try {
        deep(Integer.MAX_VALUE);
      } catch (StackOverflowError end) {
        System.out.print("kept");
      }
    }

    private static void deep(int levels) {
      try {
        if (levels > 0) {
          deep(levels - 1);
        }
      } catch (StackOverflowError end) {
        tell();
        throw end;
      }
    }

    private static void tell() {
      try {
        Log.warn("told");
      } catch (StackOverflowError e) {
        // not told
      }
    }
  }
}
