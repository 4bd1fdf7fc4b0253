package dev.holdfast.collect;

import dev.holdfast.arena.Arena;
import dev.holdfast.arena.Memory;
import dev.holdfast.arena.RuntimeBlock;
import dev.holdfast.hook.Cohort;
import dev.holdfast.hook.HandleBits;
import dev.holdfast.hook.HookState;
import dev.holdfast.hook.Mirrors;
import dev.holdfast.layout.Layouts;
import dev.holdfast.space.Nursery;
import dev.holdfast.space.OldSpace;
import dev.holdfast.stats.ClassFigures;
import dev.holdfast.stats.Figures;
import dev.holdfast.stats.Insight;
import dev.holdfast.stats.MisuseLog;
import dev.holdfast.table.Counts;
import dev.holdfast.table.EntryTable;
import dev.holdfast.table.HandleException;
import dev.holdfast.table.Status;
import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The running Holdfast of this JVM: one, for good. Any thread may call anything; a call may block
 * for a moment on a lock, and must not be made inside a scope.
 */
public final class Engine implements Insight {
  private static final int REPAIRS_AT_HAND_OVER = 1 << 22;
  private static volatile Engine current;

  private final EngineOptions options;
  private final boolean mirrors;
  private final RuntimeBlock block;
  private final EntryTable table;
  private final Counts counts;
  private final Layouts layouts;
  private final Collector collector;
  private final FieldAccess fields;
  private final Census census;
  private volatile boolean attached;
  private volatile String state = "running";

  private Engine(EngineOptions options, Memory memory, boolean mirrors) {
    this.options = options;
    this.mirrors = mirrors;
    this.block = new RuntimeBlock(memory);
    this.table = new EntryTable(block);
    this.counts = new Counts(table);
    this.layouts = new Layouts(block);
    Arena arena = new Arena(memory, options.arenaBytes());
    ReferenceQueue<Cohort> deaths = new ReferenceQueue<>();
    CollectorFigures figures = new CollectorFigures();
    Nursery nursery = new Nursery(arena, table, deaths, options.cohortBytes(), figures);
    OldSpace oldSpace = new OldSpace(arena, figures);
    this.collector =
        new Collector(
            table, arena, nursery, oldSpace, counts, layouts, deaths, figures, options, mirrors);
    this.fields = new FieldAccess(layouts);
    this.census = new Census(table, counts, layouts, arena, nursery, oldSpace, figures);
    if (mirrors) {
      HookState.install(
          new HookBackend(block, layouts, nursery, collector), !options.demand(), options.zeal());
    }
  }

  /** The one that runs in this JVM, or null. */
  public static Engine current() {
    return current;
  }

  /**
   * Starts it, or returns the one that runs.
   *
   * @param mirrors whether the agent has put the hooks in place; false in library mode, where every
   *     handle is opaque
   * @throws OutOfMemoryError when there is no native memory for the shared block
   */
  public static synchronized Engine start(EngineOptions options, Memory memory, boolean mirrors) {
    if (current == null) {
      Engine engine = new Engine(options, memory, mirrors);
      engine.collector.start();
      current = engine;
    }
    return current;
  }

  public boolean mirrors() {
    return mirrors;
  }

  public EngineOptions options() {
    return options;
  }

  /** Address of the block that libholdfast is given. */
  public long runtimeBlock() {
    return block.address();
  }

  /**
   * libholdfast has been given the block: fences are the kernel's from now on, and moving starts.
   */
  public void attach(NativeOps ops) {
    collector.attach(ops);
    attached = true;
  }

  public boolean attached() {
    return attached;
  }

  /**
   * Counts an object: it lives at least until the count is given back.
   *
   * @return its handle: of its mirror if its class is managed, else opaque
   * @throws HandleException EFULL when its mirror finds no room in the arena, ENOMEM when the table
   *     cannot grow
   */
  public long retain(Object object) {
    Objects.requireNonNull(object, "null has no handle");
    if (!mirrors || !Mirrors.isManaged(object)) {
      return counts.opaque().retain(object);
    }
    long handle = Mirrors.handOver(object);
    Mirrors.repair(REPAIRS_AT_HAND_OVER, collector::retryLater);
    try {
      long counted = count(handle, object);
      if (counted == 0) {
        MisuseLog.JVM.report(
            "copy",
            object.getClass().getName()
                + ": a copy made with hidden fields and all; it gets a handle of its own,"
                + " and its original is brought up to date");
        counted = count(Mirrors.part(object), object);
        Mirrors.sync(counts.resolve(handle));
      }
      return counted;
    } finally {
      Reference.reachabilityFence(object);
    }
  }

  private long count(long handle, Object object) {
    if (handle == HandleBits.UNMIRRORED) {
      throw new HandleException(
          Status.EFULL,
          object.getClass().getName()
              + ": no room for its mirror: the arena's limit is "
              + options.arenaBytes()
              + " bytes (agent option arena=)");
    }
    return counts.retain(table.ownerOf(handle), HandleBits.slot(handle), object);
  }

  /**
   * Gives one count back.
   *
   * @throws HandleException ENULL, ESTALE, EOVERRELEASE
   */
  public void release(long handle) {
    counts.release(handle);
  }

  /**
   * The object of a counted handle.
   *
   * @throws HandleException ENULL, ESTALE, EUNCOUNTED
   */
  public Object resolve(long handle) {
    return counts.resolve(handle);
  }

  /**
   * How often it is counted now.
   *
   * @throws HandleException ENULL, ESTALE
   */
  public long count(long handle) {
    return counts.count(handle);
  }

  /** Whether the object's class has mirrors. */
  public boolean isManaged(Object object) {
    return mirrors && Mirrors.isManaged(object);
  }

  /**
   * Brings the mirror of an object up to date after writes that no byte code showed; nothing
   * without a mirror.
   */
  public void sync(Object object) {
    if (mirrors) {
      Mirrors.sync(object);
    }
  }

  /** The fields in which an object and its mirror differ; empty when equal or without a mirror. */
  public List<String> verify(Object object) {
    return mirrors ? fields.differences(object) : List.of();
  }

  /**
   * A counted handle of what a reference field holds, 0 for null.
   *
   * @throws HandleException as {@link #resolve} for the owner; EUNMANAGED, ENOFIELD, ETYPE for the
   *     field
   */
  public long retainField(long owner, long field) {
    Object value = fieldValue(owner, field);
    return value == null ? 0 : retain(value);
  }

  /**
   * Follows fields from a counted owner; step i follows {@code fields[i]} {@code times[i]} times.
   *
   * @return a counted handle of the last object, 0 when null was met on the way
   */
  public long retainPath(long owner, long[] path, int[] times) {
    Object at = resolve(owner);
    for (int i = 0; i < path.length && at != null; i++) {
      for (int n = 0; n < times[i] && at != null; n++) {
        at = fields.value(at, path[i]);
      }
    }
    return at == null ? 0 : retain(at);
  }

  /** What a reference field of a counted owner holds now. */
  public Object fieldValue(long owner, long field) {
    return fields.value(resolve(owner), field);
  }

  /** Publishes the type of a managed class if it is known: its id, or {@link Status#ENOTYPE}. */
  public int findType(String name) {
    int id = mirrors ? layouts.findType(name) : 0;
    return id == 0 ? Status.ENOTYPE : id;
  }

  /**
   * Has the collector empty what has aged and evacuate sparse old chunks, and waits. Does not ask
   * the JVM for a collection.
   */
  @Override
  public void collect() {
    if (mirrors) {
      collector.run(() -> collector.collectNow());
    }
  }

  /** Has the collector move some cohorts at once, whatever their age, and waits. */
  public void moveSome() {
    if (mirrors) {
      collector.run(() -> collector.zeal(null));
    }
  }

  /** The invariants that do not hold, empty when all is well. Other threads should be quiet. */
  @Override
  public List<String> validate() {
    Validation validation = new Validation(table, counts, layouts, collector);
    if (mirrors) {
      collector.run(validation);
    }
    return validation.broken();
  }

  @Override
  public long dumpHandles(Path file, long most) throws IOException {
    return new HandleDump(table, counts).write(file, most);
  }

  /** Looks at what C has released. */
  public void drain() {
    counts.drain();
  }

  /** The JVM ends: C is told, and nothing moves any more. */
  public void shutdown() {
    state = "shut down";
    HookState.setAdopting(false);
    collector.stop();
    block.shutdown();
  }

  /** New objects get no mirrors any more, except when they are given to C. */
  @Override
  public void disableAdoption() {
    if (mirrors) {
      HookState.setAdopting(false);
      state = "adoption disabled";
    }
  }

  @Override
  public Figures figures() {
    return census.figures(mirrors, mirrors && HookState.full() ? "arena full" : state);
  }

  /** A row for each managed class that was met, with its living mirrors. */
  @Override
  public List<ClassFigures> classes() {
    if (!mirrors) {
      return List.of();
    }
    List<ClassFigures> rows = new ArrayList<>();
    collector.run(() -> rows.addAll(census.classes()));
    return rows;
  }
}
