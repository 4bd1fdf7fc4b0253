package dev.holdfast.arena;

import dev.holdfast.hook.RecordDescriptor;
import java.util.function.LongConsumer;

/**
 * The block that Java and libholdfast share ({@code struct hfi_runtime}), never freed.
 *
 * <pre>
 *      0 magic "HOLDFAST"
 *      8 abi                | state (0 down, 1 running, 2 shut down)
 *     16 flags (bit 0: threads must fence for themselves)
 *     64 epoch, from 1
 *    128 release queue: entry index + 1, 0 empty
 *    192 first record       | 200 types published | 208 entries ever used
 *    216 arena: bytes used  | 224 its limit       | 232 1 while full     | 240 how often it was
 *    248 adoptions refused
 *    256 segments[4096] of the entry table
 *  33024 segments[1024] of the type table
 *  41216
 * </pre>
 */
public final class RuntimeBlock {
  public static final int ABI = 1;
  public static final long MAGIC = 0x54534146444c4f48L;
  public static final int STATE_RUNNING = 1;
  public static final int STATE_SHUTDOWN = 2;
  public static final int RELEASE_HEAD_AT = 128;
  public static final int SEGMENTS = 4096;
  public static final int TYPE_SEGMENTS = 1024;
  private static final int MAGIC_AT = 0;
  private static final int ABI_AT = 8;
  private static final int STATE_AT = 12;
  private static final int FLAGS_AT = 16;
  private static final int EPOCH_AT = 64;
  private static final int RECORDS_AT = 192;
  private static final int TYPES_LIMIT_AT = 200;
  private static final int ENTRIES_LIMIT_AT = 208;
  private static final int ARENA_USED_AT = 216;
  private static final int ARENA_LIMIT_AT = 224;
  private static final int ARENA_FULL_AT = 232;
  private static final int ARENA_FILLED_AT = 240;
  private static final int UNMIRRORED_AT = 248;
  private static final int SEGMENTS_AT = 256;
  private static final int TYPE_SEGMENTS_AT = SEGMENTS_AT + 8 * SEGMENTS;
  public static final int SIZE = TYPE_SEGMENTS_AT + 8 * TYPE_SEGMENTS;

  private final Memory memory;
  private final long address;

  /**
   * @throws OutOfMemoryError when there is no native memory for it
   */
  public RuntimeBlock(Memory memory) {
    this.memory = memory;
    this.address = memory.allocateOrThrow(SIZE);
    memory.putLong(address + MAGIC_AT, MAGIC);
    memory.putInt(address + ABI_AT, ABI);
    memory.putInt(address + FLAGS_AT, 1);
    memory.putLong(address + EPOCH_AT, 1);
    memory.putIntRelease(address + STATE_AT, STATE_RUNNING);
  }

  public Memory memory() {
    return memory;
  }

  public long address() {
    return address;
  }

  public void shutdown() {
    memory.putIntRelease(address + STATE_AT, STATE_SHUTDOWN);
  }

  /** Begins a new epoch. The caller's heavy fence follows. */
  public long advanceEpoch() {
    while (true) {
      long epoch = memory.getLongAcquire(address + EPOCH_AT);
      if (memory.compareAndSetLong(address + EPOCH_AT, epoch, epoch + 1)) {
        return epoch + 1;
      }
    }
  }

  /** Takes the whole release queue: the first entry's index + 1, or 0. */
  public int takeReleased() {
    return memory.getLongAcquire(address + RELEASE_HEAD_AT) == 0
        ? 0
        : (int) memory.getAndSetLong(address + RELEASE_HEAD_AT, 0);
  }

  /** The queue's head as it is: entry index + 1, 0 empty. */
  public int released() {
    return (int) memory.getLongAcquire(address + RELEASE_HEAD_AT);
  }

  /** Publishes a segment of the entry table. */
  public void setSegment(int number, long segment) {
    memory.putLongRelease(address + SEGMENTS_AT + 8L * number, segment);
  }

  public void setEntriesLimit(long limit) {
    memory.putLongRelease(address + ENTRIES_LIMIT_AT, limit);
  }

  /** What {@code hf_stats} tells of the arena: bytes, and adoptions refused. */
  public void setArena(long used, long limit, long unmirrored) {
    memory.putLongRelease(address + ARENA_USED_AT, used);
    memory.putLongRelease(address + ARENA_LIMIT_AT, limit);
    memory.putLongRelease(address + UNMIRRORED_AT, unmirrored);
  }

  /**
   * The same, of its being full.
   *
   * @param filled how often that has begun
   */
  public void setArenaFull(boolean full, long filled) {
    memory.putLongRelease(address + ARENA_FILLED_AT, filled);
    memory.putLongRelease(address + ARENA_FULL_AT, full ? 1 : 0);
  }

  public void setTypeSegment(int number, long segment) {
    memory.putLongRelease(address + TYPE_SEGMENTS_AT + 8L * number, segment);
  }

  public long typeSegment(int number) {
    return memory.getLongAcquire(address + TYPE_SEGMENTS_AT + 8L * number);
  }

  public void setTypesLimit(long limit) {
    memory.putLongRelease(address + TYPES_LIMIT_AT, limit);
  }

  /** A record for a Java thread: one whose thread has ended, or a new one. */
  public long newRecord(long tid) {
    long head = memory.getLongAcquire(address + RECORDS_AT);
    for (long r = head; r != 0; r = memory.getLong(r + RecordDescriptor.NEXT)) {
      if (memory.getIntAcquire(r + RecordDescriptor.IN_USE) == 0
          && memory.compareAndSetInt(r + RecordDescriptor.IN_USE, 0, RecordDescriptor.THREADS)) {
        fill(r, tid);
        return r;
      }
    }
    long record = memory.allocateOrThrow(RecordDescriptor.SIZE);
    memory.putInt(record + RecordDescriptor.IN_USE, RecordDescriptor.THREADS);
    fill(record, tid);
    push(record);
    return record;
  }

  /** A record of counters only, which is no thread's and never becomes one's. */
  public long newTally() {
    long record = memory.allocateOrThrow(RecordDescriptor.SIZE);
    memory.putInt(record + RecordDescriptor.IN_USE, RecordDescriptor.NO_THREADS);
    memory.putInt(record + RecordDescriptor.KIND, RecordDescriptor.KIND_JAVA);
    push(record);
    return record;
  }

  private void push(long record) {
    long head;
    do {
      head = memory.getLongAcquire(address + RECORDS_AT);
      memory.putLong(record + RecordDescriptor.NEXT, head);
    } while (!memory.compareAndSetLong(address + RECORDS_AT, head, record));
  }

  private void fill(long record, long tid) {
    memory.putLong(record + RecordDescriptor.TID, tid);
    memory.putInt(record + RecordDescriptor.KIND, RecordDescriptor.KIND_JAVA);
  }

  /** Visits the address of every record, of threads that have ended too. */
  public void forEachRecord(LongConsumer visitor) {
    long r = memory.getLongAcquire(address + RECORDS_AT);
    for (; r != 0; r = memory.getLong(r + RecordDescriptor.NEXT)) {
      visitor.accept(r);
    }
  }

  /** A counter summed over all records. */
  public long sum(int counter) {
    long[] sum = new long[1];
    forEachRecord(r -> sum[0] += memory.getLong(r + counter));
    return sum[0];
  }
}
