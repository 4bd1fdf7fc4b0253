package dev.holdfast.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fixture.Duel;
import org.junit.jupiter.api.Test;

/** The mark of a write section, and its way to the mirror while a mover is at work. */
class SectionTest {
  private static final long OLD = 0x10000;
  private static final long NEW = 0x20000;

  private final long entry = zeroed(EntryDescriptor.SIZE);
  private final long record = zeroed(RecordDescriptor.SIZE);

  private static long zeroed(int bytes) {
    long address = Raw.UNSAFE.allocateMemory(bytes);
    Raw.UNSAFE.setMemory(address, bytes, (byte) 0);
    return address;
  }

  private int counter() {
    return Raw.UNSAFE.getInt(record + RecordDescriptor.COUNTER);
  }

  @Test
  void theCounterIsOddInASectionAndEvenOutside() {
    for (int i = 0; i < 3; i++) {
      int mark = Section.mark(record);
      assertThat(counter() & 1).isEqualTo(1);
      Section.unmark(record, mark);
      assertThat(counter() & 1).isZero();
    }
  }

  @Test
  void noTwoSectionsHaveTheSameMark() {
    int first = Section.mark(record);
    Section.unmark(record, first);
    assertThat(Section.mark(record)).isNotEqualTo(first);
  }

  /** Goes red when {@link Section#mark} adds 1 without {@code | 1}. */
  @Test
  void anUnmarkThatWasLostDoesNotTurnTheParityRound() {
    Section.mark(record);
    int next = Section.mark(record);
    assertThat(counter() & 1).isEqualTo(1);
    Section.unmark(record, next);
    assertThat(counter() & 1).isZero();
  }

  @Test
  void theCounterWrapsRound() {
    Raw.UNSAFE.putInt(record, -2);
    int mark = Section.mark(record);
    Section.unmark(record, mark);
    assertThat(counter()).isZero();
  }

  @Test
  void aBaseThatIsNotBeingMovedIsTheBase() {
    Raw.UNSAFE.putLong(entry, OLD);
    assertThat(Section.base(entry)).isEqualTo(OLD);
  }

  @Test
  void aWriterCancelsAMove() {
    Raw.UNSAFE.putLong(entry, OLD | EntryDescriptor.MOVING);
    assertThat(Section.base(entry)).isEqualTo(OLD);
    assertThat(Raw.UNSAFE.getLong(entry)).isEqualTo(OLD);
  }

  /**
   * Goes red when {@code Section.cancel} answers with the old place although its CAS has failed,
   * instead of loading base again, and when {@link Section#base} only masks MOVING off.
   */
  @Test
  void aWriterThatComesTooLateToCancelUsesTheNewPlace() {
    boolean[] published = new boolean[1];
    long[] used = new long[1];
    Raw.UNSAFE.putLong(entry, OLD | EntryDescriptor.MOVING);
    Duel.fight(
        100_000,
        round ->
            published[0] =
                Raw.UNSAFE.compareAndSetLong(null, entry, OLD | EntryDescriptor.MOVING, NEW),
        round -> used[0] = Section.base(entry),
        round -> {
          if (used[0] != (published[0] ? NEW : OLD)) {
            throw new AssertionError(
                "used 0x" + Long.toHexString(used[0]) + ", published: " + published[0]);
          }
          Raw.UNSAFE.putLong(entry, OLD | EntryDescriptor.MOVING);
        });
  }
}
