package dev.holdfast.layout;

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

  private final LoaderLocal<Map<Object, Integer>> byLoader = new LoaderLocal<>(HashMap::new);
  private final Map<Integer, FieldSite> fieldSites = new HashMap<>();
  private int classKeys;
  private int fieldKeys;

  synchronized int classKey(ClassLoader loader, String name) {
    Map<Object, Integer> keys = byLoader.of(loader);
    return keys.computeIfAbsent(name, n -> classKeys++);
  }

  synchronized int fieldKey(ClassLoader loader, FieldSite site) {
    Map<Object, Integer> keys = byLoader.of(loader);
    return keys.computeIfAbsent(
        site,
        s -> {
          fieldSites.put(fieldKeys, site);
          return fieldKeys++;
        });
  }

  synchronized FieldSite fieldSite(int key) {
    return fieldSites.get(key);
  }
}
