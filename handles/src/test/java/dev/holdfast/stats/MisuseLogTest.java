package dev.holdfast.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MisuseLogTest {
  private final List<String> lines = new ArrayList<>();
  private final AtomicLong clock = new AtomicLong(-17);
  private final MisuseLog log = new MisuseLog(lines::add, clock::get);

  @Test
  void aFloodIsCutAndLaterSaysHowMuchWasLeftOut() {
    for (int i = 0; i < 1000; i++) {
      log.report("HF_ESTALE", "handle " + i);
    }
    assertThat(lines).hasSize(MisuseLog.FIRST);
    assertThat(lines.get(0)).isEqualTo("handle 0");

    clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
    log.report("HF_ESTALE", "handle 1000");
    assertThat(lines).hasSize(MisuseLog.FIRST + 1);
    assertThat(lines.get(MisuseLog.FIRST)).isEqualTo("handle 1000 (995 more like it not printed)");
  }

  @Test
  void aFloodOfOneKindDoesNotHideAnother() {
    for (int i = 0; i < 1000; i++) {
      log.report("HF_ESTALE", "handle " + i);
    }
    log.report("HF_EOVERRELEASE", "handle 7");
    assertThat(lines).contains("handle 7");
  }
}
