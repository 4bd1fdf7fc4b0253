package dev.holdfast.agent;

import dev.holdfast.agent.rewrite.HoldfastTransformer;
import dev.holdfast.stats.Log;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The classes that were loaded before the agent came. They can take no fields, so that their
 * objects have no mirrors; but what they write to fields of classes that load later, and the
 * objects of those that they make, is seen once they are transformed again. The others are spared
 * it: the JVM forgets the line numbers of methods that run while their class is transformed, also
 * when nothing in it changes.
 */
final class LoadedClasses {
  private final Instrumentation instrumentation;
  private final HoldfastTransformer transformer;

  LoadedClasses(Instrumentation instrumentation, HoldfastTransformer transformer) {
    this.instrumentation = instrumentation;
    this.transformer = transformer;
  }

  /** Call after the transformer was added, so that no class falls between. */
  void catchUp() {
    List<Class<?>> again = new ArrayList<>();
    TreeSet<String> tooLate = new TreeSet<>();
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (transformer.isForeign(type) || !instrumentation.isModifiableClass(type)) {
        continue;
      }
      again.add(type);
      if (transformer.missed(type)) {
        tooLate.add(type.getName());
      }
    }
    if (!tooLate.isEmpty()) {
      Log.warn(
          "loaded before the agent, so their objects have opaque handles and no mirrors: "
              + String.join(", ", tooLate));
    }
    again.removeIf(type -> !transformer.concerns(type));
    transform(again);
  }

  private void transform(List<Class<?>> again) {
    try {
      instrumentation.retransformClasses(again.toArray(new Class<?>[0]));
    } catch (UnmodifiableClassException | RuntimeException | LinkageError e) {
      if (again.size() == 1) {
        Log.warn(again.get(0).getName() + " cannot be transformed again: " + e);
        return;
      }
      // One of them is to blame: halve until it stands alone.
      transform(again.subList(0, again.size() / 2));
      transform(again.subList(again.size() / 2, again.size()));
    }
  }
}
