package dev.holdfast.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.arena.Memory;
import dev.holdfast.arena.RuntimeBlock;
import dev.holdfast.arena.UnsafeMemory;
import dev.holdfast.hook.EntryDescriptor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * An entry that is used again while it is still on the release queue: C has queued it, Java's own
 * release let go of its object, and whoever drains has not come to it yet.
 *
 * <p>Goes red when {@link EntryTable#recycle} clears {@code queued} or {@code next}.
 */
class ReleaseQueueTest {
  private static final int MOST = 10;

  private final Memory memory = new UnsafeMemory();
  private final RuntimeBlock block = new RuntimeBlock(memory);
  private final EntryTable table = new EntryTable(block);
  private final Counts counts = new Counts(table);

  /** An object's cohort, as far as counting asks. */
  private final class Lone implements Owner {
    final Object object = new Object();
    private final int index = table.take();
    private final int stamp = table.stamp(index);
    private Object[] roots;

    Lone() {
      table.setOwner(index, this);
      counts.retain(this, 0, object);
    }

    @Override
    public int index() {
      return index;
    }

    @Override
    public long entry() {
      return table.address(index);
    }

    @Override
    public int stamp() {
      return stamp;
    }

    @Override
    public Object[] roots() {
      return roots;
    }

    @Override
    public void roots(Object[] to) {
      roots = to;
    }

    long handle() {
      return table.firstHandle(index);
    }

    /** As count.c releases the last count: the word, then {@code queued}, then the list. */
    void releaseInC() {
      long word = memory.getLong(entry() + EntryDescriptor.COUNTS);
      memory.putLong(word, memory.getLong(word) - 1);
      if (memory.getAndSetInt(entry() + EntryDescriptor.QUEUED, 1) == 0) {
        memory.putInt(entry() + EntryDescriptor.NEXT, block.released());
        memory.putLong(block.address() + RuntimeBlock.RELEASE_HEAD_AT, index + 1L);
      }
    }

    /** Its cohort has died, and the grace period is over. */
    void dies() {
      table.retire(this);
      table.recycle(index);
    }
  }

  /** The entries on the queue, the first of them if it goes round. */
  private List<Integer> queue() {
    List<Integer> found = new ArrayList<>();
    for (int at = block.released(); at != 0 && found.size() < MOST; ) {
      found.add(at - 1);
      at = memory.getInt(table.address(at - 1) + EntryDescriptor.NEXT);
    }
    return found;
  }

  @Test
  void anEntryThatIsUsedAgainIsOnTheQueueOnce() {
    Lone behind = new Lone();
    behind.releaseInC();
    Lone first = new Lone();
    first.releaseInC();
    counts.retain(first, 0, first.object);
    counts.release(first.handle());
    first.dies();
    Lone next = new Lone();
    assertThat(next.index()).isEqualTo(first.index());

    next.releaseInC();
    assertThat(queue()).containsExactly(next.index(), behind.index());
    counts.drain();
    assertThat(counts.rooted()).isZero();

    counts.retain(next, 0, next.object);
    next.releaseInC();
    assertThat(queue()).as("queued again when it was taken off").containsExactly(next.index());
  }
}
