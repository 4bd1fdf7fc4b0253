package dev.holdfast.hook;

/**
 * From a class to its layout. A direct-mapped cache answers without blocking or allocating, so that
 * a write section may ask it; {@link ClassValue} is behind it and never holds a class from
 * unloading.
 */
final class ClassLayouts {
  private static final int MASK = 4095;
  private static final Layout[] CACHE = new Layout[MASK + 1];

  private static final ClassValue<Layout> ALL =
      new ClassValue<>() {
        @Override
        protected Layout computeValue(Class<?> type) {
          return HookState.backend().describe(type);
        }
      };

  private ClassLayouts() {}

  /** The layout if it is at hand, else null. Neither blocks nor allocates. */
  static Layout peek(Class<?> type) {
    Layout layout = CACHE[System.identityHashCode(type) & MASK];
    return layout != null && layout.describes(type) ? layout : null;
  }

  /** The layout; may block and allocate the first time. */
  static Layout of(Class<?> type) {
    Layout layout = peek(type);
    if (layout == null) {
      layout = ALL.get(type);
      CACHE[System.identityHashCode(type) & MASK] = layout;
    }
    return layout;
  }
}
