package dev.holdfast.libraries;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import dev.holdfast.Borrowed;
import dev.holdfast.Retained;
import dev.holdfast.libraries.model.Key;
import dev.holdfast.libraries.model.Person;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What some libraries do to user data: tag it, take it for a number, destroy it too late. */
class OwnLibrariesTest {
  static final int MANY = 10_000;

  interface OwnGlue extends Glue {
    int tagged_put(Pointer slots, int n, @Retained Object data, int tag);

    @Borrowed
    Object tagged_get(Pointer slots, int i, int tag);

    void tagged_free(Pointer slots, int n, Pointer destroy);

    Pointer set_new(int room, Pointer destroy);

    int set_add(Pointer set, @Retained Object data);

    int set_has(Pointer set, Object data);

    int set_longest_probe(Pointer set);

    void set_free(Pointer set);

    int late_keep(@Retained Object[] data, int n, Pointer destroy);
  }

  private final OwnGlue glue = Glue.load("own", OwnGlue.class, "gcc");

  /** Objects with mirrors and without, in turn. */
  private static List<Object> objects() {
    List<Object> objects = new ArrayList<>(Person.many(MANY / 2, List.of()));
    for (int i = 0; i < MANY / 2; i++) {
      objects.add(new AtomicInteger(i));
    }
    return objects;
  }

  @Test
  void theLowBitsAreFreeForTags() {
    int before = glue.glue_destroyed();
    List<Object> objects = objects();
    Memory slots = new Memory(8L * MANY);
    for (int i = 0; i < MANY; i++) {
      assertThat(glue.tagged_put(slots, i, objects.get(i), i % 8)).isZero();
    }
    System.gc();
    for (int i = 0; i < MANY; i++) {
      assertThat(glue.tagged_get(slots, i, i % 8)).isSameAs(objects.get(i));
      assertThat(glue.tagged_get(slots, i, (i + 1) % 8)).isNull();
    }
    glue.tagged_free(slots, MANY, glue.glue_destroy());
    assertThat(glue.glue_destroyed() - before).isEqualTo(MANY);
    Glue.nothingIsLeft();
  }

  @Test
  void anIntegersHashAndEqualityAreIdentity() {
    int before = glue.glue_destroyed();
    Pointer set = glue.set_new(MANY, glue.glue_destroy());
    List<Object> objects = objects();
    for (Object object : objects) {
      assertThat(glue.set_add(set, object)).isOne();
    }
    System.gc();
    for (Object object : objects) {
      assertThat(glue.set_has(set, object)).isOne();
      assertThat(glue.set_add(set, object)).isZero(); // destroyed at once
    }
    assertThat(glue.glue_destroyed() - before).isEqualTo(MANY);
    assertThat(glue.set_has(set, new Person(0, "another", 0, null))).isZero();
    assertThat(glue.set_has(set, Key.of(1))).isZero();
    assertThat(glue.set_longest_probe(set)).as("handles spread").isLessThan(64);
    glue.set_free(set);
    assertThat(glue.glue_destroyed() - before).isEqualTo(2 * MANY);
    Glue.nothingIsLeft();
  }

  @Test
  void destroyingOnceTheJvmEndsDoesNothing() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(a -> a.startsWith("-javaagent:") || a.startsWith("--enable"))
            .toList());
    String folder = System.getProperty("holdfast.test.native");
    command.add("-Djna.library.path=" + folder);
    command.add("-Dholdfast.test.native=" + folder);
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(EndsBeforeC.class.getName());
    Process program = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(program.getInputStream().readAllBytes(), UTF_8);
    assertThat(program.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(said).isEqualTo("destroyed " + MANY + ", state 2, mistakes 0, text HF_ESHUTDOWN\n");
    assertThat(program.exitValue()).isZero();
  }

  /** Returns from main while C has ten thousand objects. */
  static final class EndsBeforeC {
    private EndsBeforeC() {}

    public static void main(String[] args) {
      OwnGlue glue = Glue.load("own", OwnGlue.class, "gcc");
      if (glue.late_keep(objects().toArray(), MANY, glue.glue_destroy()) != 0) {
        throw new AssertionError("no thread");
      }
    }
  }
}
