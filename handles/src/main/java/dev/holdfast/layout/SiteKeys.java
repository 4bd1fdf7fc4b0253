package dev.holdfast.layout;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;

/**
 * Small numbers that stand in rewritten byte code for "class N" and "field F of class N", as the
 * class loader of the site sees it: within one loader a name means one class for ever. Keys are
 * never reused; loaders are held weakly.
 */
final class SiteKeys {
  /**
   * What a field site names: the owner as it stands in the constant pool, which may be a subclass
   * of the declaring class.
   */
  record FieldSite(String owner, String name, String descriptor) {}

  private final LoaderLocal<Map<Object, Integer>> byLoader =
      new LoaderLocal<>() {
        @Override
        protected Map<Object, Integer> initial() {
          return new HashMap<>();
        }
      };

  private final Map<Integer, FieldSite> fieldSites = new HashMap<>();
  private final Map<Integer, WeakReference<ClassLoader>> fieldLoaders = new HashMap<>();
  private int classKeys;
  private int fieldKeys;

  synchronized int classKey(ClassLoader loader, String name) {
    Map<Object, Integer> keys = byLoader.of(loader);
    Integer known = keys.get(name);
    if (known == null) {
      known = classKeys++;
      keys.put(name, known);
    }
    return known;
  }

  synchronized int fieldKey(ClassLoader loader, FieldSite site) {
    Map<Object, Integer> keys = byLoader.of(loader);
    Integer known = keys.get(site);
    if (known == null) {
      known = fieldKeys++;
      keys.put(site, known);
      fieldSites.put(known, site);
      fieldLoaders.put(known, new WeakReference<>(loader));
    }
    return known;
  }

  synchronized FieldSite fieldSite(int key) {
    return fieldSites.get(key);
  }

  /** The class loader of a field site's class; null for the boot loader. */
  synchronized ClassLoader loaderOfFieldSite(int key) {
    return fieldLoaders.get(key).get();
  }
}
