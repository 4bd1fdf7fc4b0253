package suites;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.HashBiMap;
import com.google.common.collect.HashMultiset;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.Lists;
import com.google.common.collect.Multiset;
import com.google.common.collect.TreeMultiset;
import com.google.common.collect.testing.ListTestSuiteBuilder;
import com.google.common.collect.testing.MapTestSuiteBuilder;
import com.google.common.collect.testing.SetTestSuiteBuilder;
import com.google.common.collect.testing.TestStringListGenerator;
import com.google.common.collect.testing.TestStringMapGenerator;
import com.google.common.collect.testing.TestStringSetGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.ListFeature;
import com.google.common.collect.testing.features.MapFeature;
import com.google.common.collect.testing.google.ListMultimapTestSuiteBuilder;
import com.google.common.collect.testing.google.MultisetTestSuiteBuilder;
import com.google.common.collect.testing.google.TestStringListMultimapGenerator;
import com.google.common.collect.testing.google.TestStringMultisetGenerator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import junit.framework.AssertionFailedError;
import junit.framework.Test;
import junit.framework.TestListener;
import junit.framework.TestResult;
import junit.framework.TestSuite;

/** Runs testlib's generated suites and prints the verdict of each test; argument: all or some. */
public final class Main {
  public static void main(String[] args) {
    TestSuite all = new TestSuite();
    all.addTest(immutableList());
    all.addTest(immutableMap());
    if (args[0].equals("all")) {
      all.addTest(reversed());
      all.addTest(immutableSet());
      all.addTest(biMap());
      all.addTest(multiset(false));
      all.addTest(multiset(true));
      all.addTest(multimap());
    }
    TestResult result = new TestResult();
    List<String> verdicts = new ArrayList<>();
    result.addListener(
        new TestListener() {
          private String verdict;

          @Override
          public void startTest(Test test) {
            verdict = "passed";
          }

          @Override
          public void addError(Test test, Throwable thrown) {
            verdict = "error " + thrown;
          }

          @Override
          public void addFailure(Test test, AssertionFailedError failure) {
            verdict = "failed " + failure;
          }

          @Override
          public void endTest(Test test) {
            verdicts.add(test + ": " + verdict);
          }
        });
    all.run(result);
    verdicts.forEach(System.out::println);
    System.out.println(
        result.runCount() + " run, " + (result.failureCount() + result.errorCount()) + " failed");
  }

  private static Test immutableList() {
    return ListTestSuiteBuilder.using(
            new TestStringListGenerator() {
              @Override
              protected List<String> create(String[] elements) {
                return ImmutableList.copyOf(elements);
              }
            })
        .named("ImmutableList")
        .withFeatures(
            CollectionSize.ANY,
            CollectionFeature.SERIALIZABLE,
            CollectionFeature.ALLOWS_NULL_QUERIES)
        .createTestSuite();
  }

  private static Test reversed() {
    return ListTestSuiteBuilder.using(
            new TestStringListGenerator() {
              @Override
              protected List<String> create(String[] elements) {
                return Lists.reverse(new ArrayList<>(Lists.reverse(Arrays.asList(elements))));
              }
            })
        .named("Lists.reverse")
        .withFeatures(
            CollectionSize.ANY, ListFeature.GENERAL_PURPOSE, CollectionFeature.ALLOWS_NULL_VALUES)
        .createTestSuite();
  }

  private static Test immutableSet() {
    return SetTestSuiteBuilder.using(
            new TestStringSetGenerator() {
              @Override
              protected Set<String> create(String[] elements) {
                return ImmutableSet.copyOf(elements);
              }
            })
        .named("ImmutableSet")
        .withFeatures(
            CollectionSize.ANY,
            CollectionFeature.KNOWN_ORDER,
            CollectionFeature.ALLOWS_NULL_QUERIES)
        .createTestSuite();
  }

  private static Test immutableMap() {
    return MapTestSuiteBuilder.using(
            new TestStringMapGenerator() {
              @Override
              protected Map<String, String> create(Map.Entry<String, String>[] entries) {
                ImmutableMap.Builder<String, String> builder = ImmutableMap.builder();
                for (Map.Entry<String, String> entry : entries) {
                  builder.put(entry);
                }
                return builder.buildKeepingLast();
              }
            })
        .named("ImmutableMap")
        .withFeatures(
            CollectionSize.ANY,
            CollectionFeature.KNOWN_ORDER,
            CollectionFeature.ALLOWS_NULL_QUERIES)
        .createTestSuite();
  }

  private static Test biMap() {
    return MapTestSuiteBuilder.using(
            new TestStringMapGenerator() {
              @Override
              protected Map<String, String> create(Map.Entry<String, String>[] entries) {
                Map<String, String> map = HashBiMap.create();
                for (Map.Entry<String, String> entry : entries) {
                  map.put(entry.getKey(), entry.getValue());
                }
                return map;
              }
            })
        .named("HashBiMap")
        .withFeatures(
            CollectionSize.ANY,
            MapFeature.GENERAL_PURPOSE,
            MapFeature.ALLOWS_NULL_KEYS,
            MapFeature.ALLOWS_NULL_VALUES,
            MapFeature.ALLOWS_ANY_NULL_QUERIES,
            CollectionFeature.SUPPORTS_ITERATOR_REMOVE,
            CollectionFeature.KNOWN_ORDER)
        .createTestSuite();
  }

  private static Test multiset(boolean hashed) {
    return MultisetTestSuiteBuilder.using(
            new TestStringMultisetGenerator() {
              @Override
              protected Multiset<String> create(String[] elements) {
                List<String> list = Arrays.asList(elements);
                return hashed ? HashMultiset.create(list) : TreeMultiset.create(list);
              }

              @Override
              public List<String> order(List<String> insertionOrder) {
                insertionOrder.sort(null);
                return insertionOrder;
              }
            })
        .named(hashed ? "HashMultiset" : "TreeMultiset")
        .withFeatures(
            CollectionSize.ANY,
            CollectionFeature.GENERAL_PURPOSE,
            hashed ? CollectionFeature.ALLOWS_NULL_VALUES : CollectionFeature.ALLOWS_NULL_QUERIES)
        .createTestSuite();
  }

  private static Test multimap() {
    return ListMultimapTestSuiteBuilder.using(
            new TestStringListMultimapGenerator() {
              @Override
              protected ListMultimap<String, String> create(Map.Entry<String, String>[] entries) {
                ListMultimap<String, String> multimap = ArrayListMultimap.create();
                for (Map.Entry<String, String> entry : entries) {
                  multimap.put(entry.getKey(), entry.getValue());
                }
                return multimap;
              }
            })
        .named("ArrayListMultimap")
        .withFeatures(
            CollectionSize.ANY,
            MapFeature.GENERAL_PURPOSE,
            MapFeature.ALLOWS_NULL_KEYS,
            MapFeature.ALLOWS_NULL_VALUES,
            CollectionFeature.SUPPORTS_ITERATOR_REMOVE)
        .createTestSuite();
  }
}
