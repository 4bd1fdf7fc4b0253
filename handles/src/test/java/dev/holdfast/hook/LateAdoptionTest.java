package dev.holdfast.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.Eventually;
import dev.holdfast.fixture.Cell;
import dev.holdfast.fixture.LateCell;
import dev.holdfast.fixture.Managed;
import dev.holdfast.fixture.Mirror;
import dev.holdfast.fixture.World;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Objects that no rewritten site has adopted, and how they come to a mirror. */
@Tag("engine")
class LateAdoptionTest {
  private static final int DEEP = 20_000;

  @BeforeAll
  static void start() {
    World.engine();
  }

  @AfterEach
  void nothingIsBroken() {
    World.validate();
  }

  private static void assertShown(Object... objects) {
    for (Object object : objects) {
      assertThat(Mirror.isShown(object)).isTrue();
      assertThat(World.engine().verify(object)).isEmpty();
    }
  }

  private static void handOver(Object object) {
    World.engine().release(World.engine().retain(object));
  }

  @Test
  void anObjectHasNoMirrorBeforeItsAdoption() {
    Cell cell = new Cell(1);
    cell.number(2);
    assertThat(Mirrors.handleOf(cell)).isEqualTo(HandleBits.UNMIRRORED);
    assertThat(World.engine().verify(cell)).isEmpty();
  }

  @Test
  void anObjectWhoseConstructorMayLeakItIsAdoptedWithItsFields() {
    LateCell cell = new LateCell();
    cell.number(3);
    cell.adopt();
    assertThat(Mirror.of(cell).getInt("number")).isEqualTo(3);
  }

  @Test
  void adoptingTwiceLeavesTheHandle() {
    LateCell cell = new LateCell();
    cell.adopt();
    long handle = Mirrors.handleOf(cell);
    cell.adopt();
    assertThat(Mirrors.handleOf(cell)).isEqualTo(handle);
  }

  /**
   * Its adopter has installed the pair and not filled the mirror yet. Goes red when {@link
   * References#peek} does not ask for the ready bit.
   */
  @Test
  void aTargetThatIsBeingAdoptedIsNotShown() {
    LateCell owner = new LateCell();
    owner.adopt();
    LateCell target = new LateCell();
    Layout layout = Mirrors.layoutOf(target);
    ThreadRecord record = ThreadRecord.withRoom(layout.slots);
    synchronized (LateAdoption.LOCK) { // so the repair has to wait
      int slot = record.next;
      record.next = slot + layout.slots;
      Raw.UNSAFE.putByte(target, layout.slotOffset, (byte) (slot + 1));
      Raw.UNSAFE.putReference(target, layout.cohortOffset, record.open);
      owner.next(target);
      assertThat(Mirror.of(owner).getLong("next")).isEqualTo(HandleBits.UNMIRRORED);
    }
    Eventually.holds("the target is adopted", () -> Mirror.isShown(target));
    Eventually.holds(
        "the field shows it", () -> Mirror.of(owner).getLong("next") == Mirrors.handleOf(target));
  }

  @Test
  void anObjectIsAdoptedWhenItIsGivenToC() {
    Cell cell = new Cell(4);
    handOver(cell);
    assertShown(cell);
    assertThat(Mirror.of(cell).getInt("number")).isEqualTo(4);
  }

  @Test
  void allThatAnObjectReachesIsAdoptedWithIt() {
    Cell first = new Cell(1);
    Cell second = new Cell(2);
    first.nextUnseen(second);
    second.nextUnseen(new Cell(3));
    handOver(first);
    assertShown(first, second, second.next());
  }

  @Test
  void aChainThatIsDeeperThanAnyStackIsAdopted() {
    Cell first = new Cell(0);
    Cell last = first;
    for (int i = 1; i < DEEP; i++) {
      last.nextUnseen(new Cell(i));
      last = last.next();
    }
    handOver(first);
    for (Cell at = first; at != null; at = at.next()) {
      assertShown(at);
    }
  }

  @Test
  void anObjectThatRefersToItselfShowsItsOwnHandle() {
    Cell cell = new Cell(1);
    cell.nextUnseen(cell);
    handOver(cell);
    assertThat(Mirror.of(cell).getLong("next")).isEqualTo(Mirrors.handleOf(cell));
  }

  @Test
  void objectsThatReferToEachOtherShowEachOther() {
    Cell one = new Cell(1);
    Cell other = new Cell(2);
    one.nextUnseen(other);
    other.nextUnseen(one);
    handOver(one);
    assertShown(one, other);
  }

  @Test
  void aTargetThatIsReachedOnTwoWaysIsShownOnBoth() {
    // top -> left, right; left -> right: right is adopted before left's own turn has come.
    Fork top = new Fork();
    top.left = new Fork();
    top.right = new Fork();
    top.left.right = top.right;
    handOver(top);
    assertShown(top, top.left, top.right);
  }

  @Test
  void aTargetIsAdoptedSoonAfterItWasStored() {
    Cell owner = Cell.adopted(1);
    Cell target = new Cell(2);
    target.nextUnseen(new Cell(3));
    owner.next(target);
    Eventually.holds(
        "the stored cell and what it reaches have mirrors",
        () ->
            Mirror.isShown(target)
                && Mirror.isShown(target.next())
                && Mirror.of(owner).getLong("next") == Mirrors.handleOf(target)
                && Mirror.of(target).getLong("next") == Mirrors.handleOf(target.next()));
  }

  @Test
  void aTargetOfANewbornIsAdoptedSoonAfterIt() {
    Cell target = new Cell(2);
    Cell owner = new Cell(1);
    owner.nextUnseen(target);
    Hooks.adopted(owner, Managed.siteKey(Cell.class));
    Eventually.holds(
        "the newborn's target is shown",
        () -> Mirror.of(owner).getLong("next") == Mirrors.handleOf(target));
  }

  @Test
  void syncBringsInWhatNoHookHasSeen() {
    Cell cell = Cell.adopted(1);
    cell.numberUnseen(5);
    assertThat(World.engine().verify(cell)).containsExactly(Cell.class.getName() + ".number");
    World.engine().sync(cell);
    assertThat(World.engine().verify(cell)).isEmpty();
  }

  @Test
  void handingOverBringsInWhatNoHookHasSeen() {
    Cell cell = Cell.adopted(1);
    cell.numberUnseen(5);
    handOver(cell);
    assertThat(Mirror.of(cell).getInt("number")).isEqualTo(5);
  }

  @Test
  void verifyNamesEachFieldThatDiffers() {
    Cell cell = Cell.adopted(1);
    cell.numberUnseen(5);
    cell.nextUnseen(Cell.adopted(2));
    assertThat(World.engine().verify(cell))
        .containsExactlyInAnyOrder(
            Cell.class.getName() + ".number", Cell.class.getName() + ".next");
  }

  @Test
  void manyObjectsAreAdoptedOneByOne() {
    List<LateCell> cells = new ArrayList<>();
    for (int i = 0; i < World.rounds(5_000); i++) {
      LateCell cell = new LateCell();
      cell.number(i);
      cell.next(i == 0 ? null : cells.get(i - 1));
      cell.adopt();
      cells.add(cell);
    }
    cells.forEach(LateAdoptionTest::assertShown);
  }

  /** Two references. */
  static final class Fork {
    static {
      Managed.clean(Fork.class);
    }

    @SuppressWarnings({"unused", "UnusedVariable"})
    private transient Object $cohort;

    @SuppressWarnings({"unused", "UnusedVariable"})
    private transient byte $slot;

    Fork left;
    Fork right;
  }
}
