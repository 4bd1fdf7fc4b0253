package dev.holdfast.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Pointer;
import dev.holdfast.Closure;
import dev.holdfast.Holdfast;
import dev.holdfast.Retained;
import dev.holdfast.libraries.model.Task;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** libuv's handles have Java objects as their data, on a thread that Java did not make. */
class UvTest {
  private static final int MANY = 10_000;

  interface UvGlue extends Glue {
    int uv_begin(Pointer fired);

    int uv_add(@Retained Task task);

    int uv_run_all();
  }

  interface Tick {
    int fired(Task task);
  }

  @Test
  void timersGiveTheirObjectsBackWhenTheyAreClosed() {
    UvGlue glue = Glue.load("uv", UvGlue.class, "libuv1-dev");
    Thread[] loop = new Thread[1];
    Closure tick =
        Holdfast.closure(
            Tick.class,
            task -> {
              loop[0] = Thread.currentThread();
              new Task(); // so that something moves
              return ++task.runs < 3 ? 1 : 0;
            });
    assertThat(glue.uv_begin(tick.function())).isZero();
    List<Task> tasks = Stream.generate(Task::new).limit(MANY).toList();
    for (Task task : tasks) {
      assertThat(glue.uv_add(task)).isZero();
    }
    System.gc();
    assertThat(glue.uv_run_all()).isZero();
    assertThat(tasks).allMatch(task -> task.runs == 3);
    assertThat(glue.glue_destroyed()).isEqualTo(MANY);
    assertThat(loop[0]).isNotEqualTo(Thread.currentThread());
    assertThat(loop[0].isDaemon()).isTrue();
    tick.abandon();
    Glue.nothingIsLeft();
  }
}
