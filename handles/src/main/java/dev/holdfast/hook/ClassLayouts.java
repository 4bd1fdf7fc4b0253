package dev.holdfast.hook;

import java.lang.invoke.VarHandle;

/**
 * From a class to its layout. A hash table by identity answers without blocking or allocating, so
 * that a write section may ask it, and it forgets no living class: for a class that a section does
 * not find here, a mirror shows UNMIRRORED whatever the object has. It refers to classes weakly and
 * drops the unloaded ones when it grows; {@link ClassValue} is behind it.
 */
final class ClassLayouts {
  private static final int LEAST = 1024;

  /**
   * Linear probing, at most half full, a power of two long. Read plainly: layouts are immutable,
   * and who reads an old table or entry finds nothing and asks again.
   */
  private static Layout[] table = new Layout[LEAST];

  /** Entries in use, those of unloaded classes included; guarded by the class. */
  private static int used;

  private static final ClassValue<Layout> ALL =
      new ClassValue<>() {
        @Override
        protected Layout computeValue(Class<?> type) {
          return HookState.backend().describe(type);
        }
      };

  private ClassLayouts() {}

  /** The layout if the class was asked for before, else null. Neither blocks nor allocates. */
  static Layout peek(Class<?> type) {
    Layout[] all = table;
    int at = System.identityHashCode(type);
    Layout layout = all[at & (all.length - 1)];
    while (layout != null && !layout.describes(type)) {
      at++;
      layout = all[at & (all.length - 1)];
    }
    return layout;
  }

  /** The layout; may block and allocate the first time. */
  static Layout of(Class<?> type) {
    Layout layout = peek(type);
    if (layout == null) {
      layout = ALL.get(type);
      add(type, layout);
    }
    return layout;
  }

  private static synchronized void add(Class<?> type, Layout layout) {
    if (peek(type) != null) {
      return;
    }
    if (2 * (used + 1) > table.length) {
      grow();
    }
    put(table, type, layout);
    used++;
  }

  private static void grow() {
    int living = 0;
    for (Layout layout : table) {
      if (layout != null && layout.type() != null) {
        living++;
      }
    }
    Layout[] larger = new Layout[Math.max(LEAST, 4 * Integer.highestOneBit(living))];
    used = 0;
    for (Layout layout : table) {
      Class<?> type = layout == null ? null : layout.type();
      if (type != null) {
        put(larger, type, layout);
        used++;
      }
    }
    VarHandle.releaseFence(); // pairs with the dependency of peek
    table = larger;
  }

  private static void put(Layout[] all, Class<?> type, Layout layout) {
    int at = System.identityHashCode(type) & (all.length - 1);
    while (all[at] != null) {
      at = (at + 1) & (all.length - 1);
    }
    all[at] = layout;
  }
}
