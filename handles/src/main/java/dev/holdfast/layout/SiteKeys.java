package dev.holdfast.layout;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;

/**
 * Small numbers that stand in rewritten byte code for an allocation site of class N, and for "field
 * F of class N", as the class loader of the site sees it: within one loader a name means one class
 * for ever. Keys are never reused; loaders are held weakly.
 */
final class SiteKeys {
  /**
   * What a field site names: the owner as it stands in the constant pool, which may be a subclass
   * of the declaring class.
   */
  record FieldSite(String owner, String name, String descriptor) {}

  /**
   * An allocation site.
   *
   * @param made binary name of the class of its objects
   * @param in binary name of the class whose code it stands in
   * @param line 0 if the class file does not say
   */
  record Site(String made, String in, String method, int line) {}

  private final LoaderLocal<Map<Object, Integer>> byLoader =
      new LoaderLocal<>() {
        @Override
        protected Map<Object, Integer> initial() {
          return new HashMap<>();
        }
      };

  private final Map<Integer, FieldSite> fieldSites = new HashMap<>();
  private final Map<Integer, WeakReference<ClassLoader>> fieldLoaders = new HashMap<>();

  /** The loader's keys hold them strongly. */
  private final Map<Integer, WeakReference<Site>> sites = new HashMap<>();

  private int siteKeys;
  private int fieldKeys;

  synchronized int siteKey(ClassLoader loader, Site site) {
    Map<Object, Integer> keys = byLoader.of(loader);
    Integer known = keys.get(site);
    if (known == null) {
      known = siteKeys++;
      keys.put(site, known);
      sites.put(known, new WeakReference<>(site));
    }
    return known;
  }

  /** Null when its class has been unloaded. */
  synchronized Site site(int key) {
    WeakReference<Site> site = sites.get(key);
    return site == null ? null : site.get();
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
