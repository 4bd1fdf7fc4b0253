package dev.holdfast.layout;

import dev.holdfast.arena.RuntimeBlock;
import dev.holdfast.hook.FieldSpec;
import dev.holdfast.hook.Layout;
import dev.holdfast.hook.Mirrors;
import dev.holdfast.stats.Log;
import dev.holdfast.stats.SiteFigures;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * From loaded classes to their layouts. The agent records the shape of each class that it rewrites;
 * the layout is made when the class is first asked for, from the shape and the field offsets of the
 * loaded class, so that no field's type has to be loaded. Thread-safe; classes and loaders are held
 * weakly.
 */
public final class Layouts {
  /** Why a class that was selected has no mirrors, or that it has. */
  public static final String MIRRORED = "mirrored";

  /**
   * What became of a class.
   *
   * @param blame why its subclasses have no mirrors either; null unless it was to have some
   */
  private record Described(LayoutPlan plan, Layout layout, Class<?> topmost, String blame) {}

  /** One row for people: a selected class; its loader is null once it is unloaded. */
  public record Row(
      WeakReference<ClassLoader> loader, String name, int typeId, int size, String state) {}

  /** Those that fields are often of; one more only costs the look at the target's class. */
  private static final Set<String> FINAL_IN_THE_JDK =
      Set.of(
          "Ljava/lang/String;",
          "Ljava/lang/Integer;",
          "Ljava/lang/Long;",
          "Ljava/lang/Double;",
          "Ljava/lang/Boolean;",
          "Ljava/lang/Class;",
          "Ljava/lang/StringBuilder;");

  private static final SiteKeys KEYS = new SiteKeys();
  private static final LoaderLocal<Map<String, ClassShape>> SHAPES =
      new LoaderLocal<>() {
        @Override
        protected Map<String, ClassShape> initial() {
          return new ConcurrentHashMap<>();
        }
      };

  private static final List<Row> LEFT_ALONE = new ArrayList<>();

  private final TypeTable types;
  private final List<Row> rows = new ArrayList<>();

  private final ClassValue<Described> described =
      new ClassValue<>() {
        @Override
        protected Described computeValue(Class<?> type) {
          return describeOnce(type);
        }
      };

  public Layouts(RuntimeBlock block) {
    this.types = new TypeTable(block);
  }

  /**
   * The key of an allocation site.
   *
   * @param made binary name of the class of its objects
   * @param in binary name of the class whose code it stands in
   * @param line 0 if unknown
   */
  public static int siteKey(
      ClassLoader loaderOfSite, String made, String in, String method, int line) {
    return KEYS.siteKey(loaderOfSite, new SiteKeys.Site(made, in, method, line));
  }

  /** What a person is told of an allocation site; null when its class has been unloaded. */
  public static SiteFigures siteFigures(
      int key, boolean tenured, long survived, long died, String evidence, long decisions) {
    SiteKeys.Site site = KEYS.site(key);
    return site == null
        ? null
        : new SiteFigures(
            site.made(),
            site.in(),
            site.method(),
            site.line(),
            tenured ? "old" : "young",
            survived,
            died,
            decisions,
            evidence);
  }

  /**
   * The key of a site that writes a field.
   *
   * @param owner binary name as in the constant pool, which may be a subclass of the declaring
   *     class
   */
  public static int fieldKey(
      ClassLoader loaderOfSite, String owner, String name, String descriptor) {
    return KEYS.fieldKey(loaderOfSite, new SiteKeys.FieldSite(owner, name, descriptor));
  }

  static SiteKeys.FieldSite fieldSite(int key) {
    return KEYS.fieldSite(key);
  }

  static ClassLoader loaderOfFieldSite(int key) {
    return KEYS.loaderOfFieldSite(key);
  }

  /** Tells the shape of a class that was rewritten, before it is defined. */
  public static void record(ClassLoader loader, ClassShape shape) {
    SHAPES.of(loader).put(shape.name(), shape);
  }

  /** Tells of a selected class that the agent could give no hidden fields. */
  public static void leftAlone(ClassLoader loader, String name, String reason) {
    synchronized (LEFT_ALONE) {
      LEFT_ALONE.add(row(loader, name, 0, 0, reason));
    }
  }

  private static Row row(ClassLoader loader, String name, int id, int size, String state) {
    return new Row(new WeakReference<>(loader), name, id, size, state);
  }

  private static ClassShape shapeOf(Class<?> type) {
    Map<String, ClassShape> shapes = SHAPES.peek(type.getClassLoader());
    return shapes == null || type.isHidden() ? null : shapes.get(type.getName());
  }

  /** The layout of a class; unmanaged where it has no mirrors. */
  public Layout describe(Class<?> type) {
    return described.get(type).layout();
  }

  private Described describeOnce(Class<?> type) {
    ClassShape shape = shapeOf(type);
    if (shape == null || !shape.managed()) {
      return new Described(null, Layout.unmanaged(type), null, null);
    }
    Described above = described.get(type.getSuperclass());
    try {
      Class<?> topmost = above.layout().managed() ? above.topmost() : shape.hidden() ? type : null;
      if (topmost == null) {
        String blame = above.blame() == null ? blame(type.getSuperclass()) : above.blame();
        return none(type, blame, blame);
      }
      LayoutPlan plan = LayoutPlan.of(above.plan(), shape);
      long[] specs = specs(type, above.layout(), plan);
      int id = types.publish(plan, above.layout().typeId);
      Layout layout =
          new Layout(
              type,
              id,
              plan.size(),
              Mirrors.offsetOf(topmost, FieldShape.COHORT),
              Mirrors.offsetOf(topmost, FieldShape.SLOT),
              specs,
              shape.clean() && (above.layout().clean || !above.layout().managed()));
      row(type, id, plan.size(), MIRRORED);
      return new Described(plan, layout, topmost, null);
    } catch (RuntimeException | Error e) {
      return none(type, e.toString(), "its superclass " + type.getName() + " has none: " + e);
    }
  }

  /** Of one that the agent found out about only when it had rewritten its subclass. */
  private static String blame(Class<?> leftAlone) {
    Row row = find(LEFT_ALONE, leftAlone);
    return "its superclass "
        + leftAlone.getName()
        + " could not be rewritten"
        + (row == null ? "" : ": " + row.state());
  }

  private static Row find(List<Row> in, Class<?> type) {
    synchronized (in) {
      for (Row row : in) {
        if (row.name().equals(type.getName()) && row.loader().get() == type.getClassLoader()) {
          return row;
        }
      }
      return null;
    }
  }

  private Described none(Class<?> type, String reason, String blame) {
    boolean first;
    synchronized (rows) {
      first = find(rows, type) == null; // else another thread describes it too
      if (first) {
        row(type, 0, 0, reason);
      }
    }
    if (first) {
      String loader = LoaderName.of(type.getClassLoader());
      Log.warn("no mirrors: " + type.getName() + " (" + loader + "): " + reason);
    }
    return new Described(null, Layout.unmanaged(type), null, blame);
  }

  private void row(Class<?> type, int id, int size, String state) {
    synchronized (rows) {
      rows.add(row(type.getClassLoader(), type.getName(), id, size, state));
    }
  }

  private static long[] specs(Class<?> type, Layout above, LayoutPlan plan) {
    List<FieldPlan> fields = plan.fields();
    List<FieldPlan> own = plan.ownFields();
    int inherited = fields.size() - own.size();
    long[] specs = new long[fields.size()];
    for (int i = 0; i < inherited; i++) {
      specs[i] = above.fieldSpec(i);
    }
    for (int i = 0; i < own.size(); i++) {
      FieldPlan field = own.get(i);
      specs[inherited + i] =
          FieldSpec.of(
              copy(field),
              Mirrors.offsetOf(type, field.name()),
              field.offset(),
              field.isVolatile());
    }
    return specs;
  }

  private static int copy(FieldPlan field) {
    switch (field.kind()) {
      case BOOLEAN, BYTE -> {
        return FieldSpec.BYTE;
      }
      case CHAR, SHORT -> {
        return FieldSpec.SHORT;
      }
      case INT, FLOAT -> {
        return FieldSpec.INT;
      }
      case LONG, DOUBLE -> {
        return FieldSpec.LONG;
      }
      case ENUM -> {
        return FieldSpec.ORDINAL;
      }
      default -> {
        return isNeverMirrored(field.descriptor()) ? FieldSpec.UNMIRRORED : FieldSpec.REFERENCE;
      }
    }
  }

  /** Whether no object of this static type can be managed; of arrays and final JDK classes. */
  private static boolean isNeverMirrored(String descriptor) {
    return descriptor.startsWith("[") || FINAL_IN_THE_JDK.contains(descriptor);
  }

  /** The plan of a loaded managed class, or null. */
  public LayoutPlan planOf(Class<?> type) {
    return described.get(type).plan();
  }

  /** The plan of a published type, or null. */
  public LayoutPlan plan(int typeId) {
    return types.plan(typeId);
  }

  /**
   * The id of a published type of this name, or 0; classes of that name that have been rewritten
   * and loaded but have had no object yet are published first.
   */
  public int findType(String name) {
    int id = types.find(name);
    if (id != 0) {
      return id;
    }
    for (ClassLoader loader : loadersWith(name)) {
      try {
        Layout layout = describe(Class.forName(name, false, loader));
        if (layout.managed()) {
          return layout.typeId;
        }
      } catch (ClassNotFoundException | LinkageError e) {
        // this loader does not have it after all: try the next
      }
    }
    return 0;
  }

  /** The class of a published type; null if there is none, or it was unloaded. */
  public Class<?> classOf(int typeId) {
    for (Row row : rows()) {
      if (row.typeId() == typeId && typeId != 0) {
        try {
          Class<?> type = Class.forName(row.name(), false, row.loader().get());
          return describe(type).typeId == typeId ? type : null;
        } catch (ClassNotFoundException | LinkageError e) {
          return null; // its loader is gone
        }
      }
    }
    return null;
  }

  private static List<ClassLoader> loadersWith(String name) {
    List<ClassLoader> loaders = new ArrayList<>();
    SHAPES.forEach(
        (loader, shapes) -> {
          if (shapes.containsKey(name)) {
            loaders.add(loader);
          }
        });
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    addOnce(loaders, context);
    addOnce(loaders, ClassLoader.getSystemClassLoader());
    return loaders;
  }

  /** By identity: {@code equals} of a loader is the program's code. */
  private static void addOnce(List<ClassLoader> loaders, ClassLoader loader) {
    if (loader != null && loaders.stream().noneMatch(known -> known == loader)) {
      loaders.add(loader);
    }
  }

  /** The selected classes seen so far, those without mirrors with the reason. */
  public List<Row> rows() {
    List<Row> all;
    synchronized (rows) {
      all = new ArrayList<>(rows);
    }
    synchronized (LEFT_ALONE) {
      all.addAll(LEFT_ALONE);
    }
    return all;
  }

  /** Published types are below this id. */
  public int typesLimit() {
    return types.limit();
  }
}
