package dev.holdfast.collect;

import dev.holdfast.arena.Arena;
import dev.holdfast.arena.Memory;
import dev.holdfast.arena.RuntimeBlock;
import dev.holdfast.hook.Cohort;
import dev.holdfast.hook.HookState;
import dev.holdfast.hook.Mirrors;
import dev.holdfast.layout.Layouts;
import dev.holdfast.stats.ClassFigures;
import dev.holdfast.stats.Figures;
import dev.holdfast.stats.Holdup;
import dev.holdfast.stats.Insight;
import dev.holdfast.stats.SiteFigures;
import dev.holdfast.table.Counts;
import dev.holdfast.table.EntryTable;
import dev.holdfast.table.HandleException;
import dev.holdfast.table.Status;
import dev.holdfast.table.WeakHandles;
import java.io.IOException;
import java.lang.ref.ReferenceQueue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The running Holdfast of this JVM: one, for good. Any thread may call anything; a call may block
 * for a moment on a lock, and must not be made inside a scope.
 */
public final class Engine implements Insight {
  private static volatile Engine current;

  private final EngineOptions options;
  private final boolean mirrors;
  private final RuntimeBlock block;
  private final EntryTable table;
  private final Counts counts;
  private final Recording recording;
  private final Layouts layouts;
  private final Spaces spaces;
  private final Collector collector;
  private final HandOver handOver;
  private final FieldAccess fields;
  private final Census census;
  private final FieldReads reads;
  private final FieldWrites writes;
  private final OwnedEdges edges = new OwnedEdges(this);
  private final Elements elements;
  private final WeakHandles weak = new WeakHandles();
  private final Peers peers = new Peers();
  private final SiteProfile profile;
  private volatile boolean attached;
  private volatile String state = "running";
  private volatile boolean failed;

  private Engine(EngineOptions options, Memory memory, boolean mirrors) {
    this.options = options;
    this.mirrors = mirrors;
    this.block = new RuntimeBlock(memory);
    this.table = new EntryTable(block);
    this.counts = new Counts(table);
    this.recording = new Recording(counts);
    this.layouts = new Layouts(block);
    Arena arena = new Arena(memory, options.arenaBytes());
    ReferenceQueue<Cohort> deaths = new ReferenceQueue<>();
    CollectorFigures figures = new CollectorFigures();
    Canary canary = new Canary(deaths);
    this.spaces = Spaces.in(arena, table, deaths, options.cohortBytes(), canary);
    this.profile = new SiteProfile(options.pretenure());
    this.collector =
        new Collector(
            table, spaces, counts, layouts, profile, deaths, canary, figures, options, mirrors);
    this.handOver = new HandOver(options, mirrors, table, counts, collector);
    this.fields = new FieldAccess(layouts);
    this.reads = new FieldReads(fields, this);
    this.writes = new FieldWrites(layouts, this);
    this.elements = new Elements(this);
    this.census = new Census(table, counts, layouts, spaces, canary, figures, peers);
    if (mirrors) {
      HookState.install(
          new HookBackend(block, layouts, spaces, profile, collector),
          !options.demand(),
          options.zeal(),
          options.pretenure());
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

  /** Native memory, as this engine reaches it. */
  public Memory memory() {
    return table.memory();
  }

  /** Whether there are mirrors, and nothing that they need has failed. */
  public boolean isActive() {
    return mirrors && !failed;
  }

  Spaces spaces() {
    return spaces;
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
    peers.attach(ops);
    attached = true;
  }

  /** Who records retains, and whether anybody does. */
  public Recording recording() {
    return recording;
  }

  @Override
  public void setRetainSampling(int oneIn) {
    recording.sample(oneIn);
  }

  @Override
  public String retainReport() {
    return recording.report();
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
    long handle = handOver.retain(object);
    recording.retained(handle);
    return handle;
  }

  /**
   * As {@link #retain}, for the C code that is waiting for this thread's answer: it is who has
   * retained the object, in the debug mode's eyes.
   */
  public long give(Object object) {
    long handle = handOver.retain(object);
    recording.given(handle);
    return handle;
  }

  /**
   * {@link #give} of many at once: of all of them, or of none if it throws.
   *
   * @param objects of which the first {@code n} are meant, with null among them
   * @return their handles, 0 for null
   */
  long[] giveAll(Object[] objects, int n) {
    long[] handles = handOver.retainAll(objects, n);
    for (int i = 0; i < n && recording.isOn(); i++) {
      if (handles[i] != 0) {
        recording.given(handles[i]);
      }
    }
    return handles;
  }

  /**
   * Gives one count back.
   *
   * @throws HandleException ENULL, ESTALE, EOVERRELEASE
   */
  public void release(long handle) {
    try {
      counts.release(handle);
    } catch (HandleException e) {
      throw recording.told(e, handle);
    }
    recording.released(handle);
  }

  /**
   * The object of a counted handle.
   *
   * @throws HandleException ENULL, ESTALE, EUNCOUNTED
   */
  public Object resolve(long handle) {
    try {
      return counts.resolve(handle);
    } catch (HandleException e) {
      throw recording.told(e, handle);
    }
  }

  /**
   * How often it is counted now.
   *
   * @throws HandleException ENULL, ESTALE
   */
  public long count(long handle) {
    return counts.count(handle);
  }

  /** Whether objects of the class have mirrors. */
  public boolean isManagedClass(Class<?> type) {
    return mirrors && Mirrors.layoutOf(type).managed();
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
   * Writes fields of a counted object, all or, if one of them is refused, none.
   *
   * @param bits of the values; a handle, counted or 0, for a reference, the ordinal for an enum
   * @throws HandleException as {@link #resolve}, also for the values; EUNMANAGED, ETYPE, EFINAL,
   *     EINVAL
   */
  public void write(long owner, long[] fields, long[] bits) {
    writes.write(resolve(owner), fields, bits);
  }

  /** Reading reference fields. */
  public FieldReads reads() {
    return reads;
  }

  /** Owned edges. */
  public OwnedEdges edges() {
    return edges;
  }

  /** Reading arrays and collections. */
  public Elements elements() {
    return elements;
  }

  /** Weak handles. */
  public WeakHandles weak() {
    return weak;
  }

  /** What C has tied to objects. */
  public Peers peers() {
    return peers;
  }

  /** Publishes the type of a managed class if it is known: its id, or {@link Status#ENOTYPE}. */
  public int findType(String name) {
    int id = mirrors ? layouts.findType(name) : 0;
    return id == 0 ? Status.ENOTYPE : id;
  }

  /** The managed class of a published type; null if there is none, or it was unloaded. */
  public Class<?> classOf(int typeId) {
    return mirrors ? layouts.classOf(typeId) : null;
  }

  /**
   * Has the collector empty what has aged and evacuate sparse old chunks, and waits. Does not ask
   * the JVM for a collection.
   */
  @Override
  public void collect() {
    if (mirrors) {
      collector.runNow(() -> collector.collectNow());
    }
  }

  /** Has the collector move some cohorts at once, whatever their age, and waits. */
  public void moveSome() {
    if (mirrors) {
      collector.runNow(() -> collector.zeal(null));
    }
  }

  /** Has the collector's thread do something and waits for it; for tests. */
  void onCollectorThread(Runnable work) {
    collector.runNow(work);
  }

  /** The invariants that do not hold, empty when all is well. Other threads should be quiet. */
  @Override
  public List<String> validate() {
    Validation validation = new Validation(table, counts, layouts, spaces);
    if (mirrors) {
      collector.runNow(validation);
    }
    return validation.broken();
  }

  @Override
  public long dumpHandles(Path file, long most) throws IOException {
    return new HandleDump(table, counts).write(file, most);
  }

  @Override
  public List<SiteFigures> sites() {
    return profile.figures();
  }

  @Override
  public List<Holdup> holdups() {
    return findHoldups().all(TimeUnit.SECONDS.toNanos(1));
  }

  Holdups findHoldups() {
    return collector.holdups();
  }

  EntryTable table() {
    return table;
  }

  /** Looks at what C has released. */
  public void drain() {
    collector.drainReleased();
  }

  /** The JVM ends: C is told, and nothing moves any more. */
  public void shutdown() {
    state = "shut down";
    HookState.setAdopting(false);
    collector.stop();
    peers.stop();
    block.shutdown();
  }

  /** New objects get no mirrors any more, except when they are given to C. */
  @Override
  public void disableAdoption() {
    adoptNoMore("adoption disabled");
  }

  /**
   * The agent could not start its native part: the program runs on as if it were not there.
   *
   * @param why what the state says from now on
   */
  public void fail(String why) {
    failed = true;
    adoptNoMore(why);
  }

  private void adoptNoMore(String why) {
    if (mirrors) {
      HookState.setAdopting(false);
      state = why;
    }
  }

  @Override
  public Figures figures() {
    return census.figures(
        mirrors, mirrors && HookState.full() ? "arena full" : state, collector.timesFull());
  }

  /** A row for each managed class that was met, with its living mirrors. */
  @Override
  public List<ClassFigures> classes() {
    if (!mirrors) {
      return List.of();
    }
    List<ClassFigures> rows = new ArrayList<>();
    collector.runNow(() -> rows.addAll(census.classes()));
    return rows;
  }
}
