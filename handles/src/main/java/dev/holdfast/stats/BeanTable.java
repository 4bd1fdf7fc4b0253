package dev.holdfast.stats;

import static dev.holdfast.stats.Gauge.number;

import dev.holdfast.stats.Bean.Operation;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanParameterInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.SimpleType;

/** What each of the MBeans shows. */
final class BeanTable {
  private static final String DOMAIN = "dev.holdfast:type=";

  static final List<Gauge<Figures>> HANDLES =
      List.of(
          number(
              "HandlesCounted",
              "objects",
              "Objects whose handle has a count above zero, mirrored and opaque",
              Figures::handlesCounted),
          number("HandlesPeak", "objects", "The most of them at one time", Figures::handlesPeak),
          number("RetainsTotal", "retains", "Counts taken, by C and Java", Figures::retainsTotal),
          number(
              "ReleasesTotal",
              "releases",
              "Counts given back, by C and Java",
              Figures::releasesTotal),
          number(
              "StaleUsesTotal",
              "uses",
              "Uses of a handle whose object has died",
              Figures::staleUsesTotal),
          number(
              "OverReleasesTotal",
              "releases",
              "Releases of a handle whose count was zero already",
              Figures::overReleasesTotal),
          number(
              "UncountedUsesTotal",
              "uses",
              "Uses that need a count, of a living handle that has none",
              Figures::uncountedUsesTotal),
          number(
              "OpaqueHandles",
              "objects",
              "Counted objects of classes that have no mirrors",
              Figures::opaqueHandles),
          number(
              "OwnedEdges",
              "references",
              "References that C had objects hold, of living owners",
              Figures::ownedEdges),
          number("Peers", "peers", "Native data tied to living objects", Figures::peers),
          number(
              "ReleaseQueueLength",
              "entries",
              "Entries that C has released and Java has not looked at",
              Figures::releaseQueueLength));

  static final List<Gauge<Figures>> ARENA =
      List.of(
          number("ArenaUsedBytes", "bytes", "Memory of all chunks in use", Figures::arenaUsedBytes),
          number("ArenaLimitBytes", "bytes", "The limit set by arena=", Figures::arenaLimitBytes),
          number(
              "NurseryChunks",
              "chunks",
              "Chunks in which cohorts are born",
              Figures::nurseryChunks),
          number("OldChunks", "chunks", "Chunks that hold moved cohorts", Figures::oldChunks),
          number("FreeChunks", "chunks", "Chunks that wait for reuse", Figures::freeChunks),
          number(
              "ReturnedBytes",
              "bytes",
              "Memory of free chunks that the operating system has back",
              Figures::returnedBytes),
          number(
              "ReturnedBytesTotal",
              "bytes",
              "The same, summed over all times that a chunk was given back",
              Figures::returnedBytesTotal),
          number(
              "CohortsLive",
              "cohorts",
              "Cohorts of which the JVM has not cleared the token",
              Figures::cohortsLive),
          number(
              "AdoptedAtSiteTotal",
              "objects",
              "Objects that got their mirror where they were allocated",
              Figures::adoptedAtSiteTotal),
          number(
              "AdoptedLateTotal",
              "objects",
              "Objects that got their mirror later",
              Figures::adoptedLateTotal),
          number(
              "UnmirroredTotal",
              "objects",
              "Adoptions refused because the arena was full",
              Figures::unmirroredTotal),
          number(
              "ArenaFilledTotal",
              "times",
              "How often the arena became full",
              Figures::arenaFilledTotal),
          number(
              "RepairsTotal",
              "fields",
              "Fields re-translated after the object they refer to was adopted",
              Figures::repairsTotal));

  static final List<Gauge<Figures>> COLLECTOR =
      List.of(
          new Gauge<>(
              "State",
              "text",
              "'running', or why Holdfast does not run",
              SimpleType.STRING,
              Figures::state),
          number(
              "MinorCollectionsTotal",
              "collections",
              "Collections that emptied aged nursery chunks",
              Figures::minorCollectionsTotal),
          number(
              "OldCollectionsTotal",
              "collections",
              "Collections that evacuated sparse old chunks",
              Figures::oldCollectionsTotal),
          number(
              "JvmCollectionsSeen",
              "collections",
              "Collections of the JVM that were noticed",
              Figures::jvmCollectionsSeen),
          number(
              "CollectionsRequestedTotal",
              "collections",
              "Collections that the JVM was asked for, because the arena was 80 % full",
              Figures::collectionsRequestedTotal),
          number("MovedBytesTotal", "bytes", "Bytes moved", Figures::movedBytesTotal),
          number("MovedCohortsTotal", "cohorts", "Cohorts moved", Figures::movedCohortsTotal),
          number(
              "MovesCancelledTotal",
              "cohorts",
              "Moves that a writer cancelled",
              Figures::movesCancelledTotal),
          number(
              "MovesAbandonedTotal",
              "cohorts",
              "Moves given up because a write section stayed open",
              Figures::movesAbandonedTotal),
          number(
              "MovesPinnedTotal",
              "cohorts",
              "Moves skipped because the cohort was pinned",
              Figures::movesPinnedTotal),
          number(
              "OldestScopeSeconds",
              "seconds",
              "Age of the oldest open scope, 0 if none is open",
              Figures::oldestScopeSeconds),
          number(
              "MoveNanosTotal",
              "nanoseconds",
              "Time spent in batches of moves",
              Figures::moveNanosTotal),
          number("MoveNanosMax", "nanoseconds", "The longest batch", Figures::moveNanosMax));

  private BeanTable() {}

  static void register(Insight insight) {
    Gauge<List<ClassFigures>> classes =
        new Gauge<>(
            "Classes",
            "table",
            "Selected classes with their loaders, the "
                + ClassTable.ROWS
                + " with most adopted objects",
            ClassTable.TABLE.type,
            ClassTable::of);
    Gauge<List<Holdup>> holdups =
        new Gauge<>(
            "Holdups",
            "table",
            "What has kept memory from being reused for a second or longer, and whose thread",
            HoldupTable.TABLE.type,
            HoldupTable.TABLE::of);
    Gauge<List<Holdup>> holdupCount =
        new Gauge<>(
            "HoldupCount",
            "holdups",
            "Rows of that table",
            SimpleType.LONG,
            all -> (long) all.size());
    Gauge<List<ClassFigures>> count =
        new Gauge<>(
            "ClassesSelected",
            "classes",
            "Selected classes, also those that the table leaves out",
            SimpleType.LONG,
            all -> (long) all.size());
    add(
        "Handles",
        new Bean<>(
            "Handles and counts",
            insight::figures,
            HANDLES,
            List.of(dump(insight), sampling(insight), report(insight))));
    add("Arena", new Bean<>("Mirrors and their memory", insight::figures, ARENA, List.of()));
    add(
        "Collector",
        new Bean<>(
            "What moves mirrors",
            insight::figures,
            COLLECTOR,
            List.of(collect(insight), validate(insight))));
    add(
        "Classes",
        new Bean<>(
            "Selected classes",
            insight::classes,
            List.of(classes, count),
            List.of(disable(insight))));
    add(
        "Sites",
        new Bean<>(
            "Allocation sites, by whether their objects survive",
            insight::sites,
            List.of(
                new Gauge<>(
                    "Sites",
                    "table",
                    "Allocation sites, the " + SiteTable.ROWS + " of which most is known",
                    SiteTable.TABLE.type,
                    SiteTable::of),
                new Gauge<>(
                    "SitesTenured",
                    "sites",
                    "Sites whose objects open their cohorts in old space",
                    SimpleType.LONG,
                    all -> all.stream().filter(site -> site.space().equals("old")).count())),
            List.of()));
    add(
        "Holdups",
        new Bean<>(
            "What holds memory up, and who",
            insight::holdups,
            List.of(holdups, holdupCount),
            List.of()));
  }

  private static Operation dump(Insight insight) {
    return new Operation(
        "dumpHandles",
        "Writes the counted handles as text: handle, count, space, entry of its cohort, class",
        "long",
        arguments -> insight.dumpHandles(file((String) arguments[0]), (Long) arguments[1]),
        List.of(
            new MBeanParameterInfo(
                "path", String.class.getName(), "A file that does not exist yet, on this machine"),
            new MBeanParameterInfo("max", "long", "How many handles at the most")));
  }

  /** A console passes null, or nothing, for a field that was left empty. */
  private static Path file(String path) {
    if (path == null || path.isEmpty()) {
      throw new IllegalArgumentException("path: not given (expected the name of a new file)");
    }
    return Path.of(path);
  }

  private static Operation sampling(Insight insight) {
    return new Operation(
        "setRetainSampling",
        "Records who retains handles: 1 all, n one in n, 0 none and forgets them",
        "void",
        arguments -> {
          insight.setRetainSampling((Integer) arguments[0]);
          return null;
        },
        List.of(new MBeanParameterInfo("oneIn", "int", "One retain in so many is recorded")));
  }

  private static Operation report(Insight insight) {
    return new Operation(
        "retainReport",
        "The recorded retains that were not given back, grouped by place, oldest first",
        String.class.getName(),
        insight::retainReport);
  }

  private static Operation collect(Insight insight) {
    return new Operation(
        "collect",
        "Runs a minor and an old collection and waits for their end",
        "void",
        () -> {
          insight.collect();
          return null;
        });
  }

  private static Operation validate(Insight insight) {
    return new Operation(
        "validate",
        "Checks the invariants: a sentence for each broken one, empty when all hold",
        String[].class.getName(),
        () -> insight.validate().toArray(String[]::new));
  }

  private static Operation disable(Insight insight) {
    return new Operation(
        "disableAdoption",
        "Stops giving mirrors to objects, for good; what has one keeps it",
        "void",
        () -> {
          insight.disableAdoption();
          return null;
        });
  }

  private static void add(String type, Bean<?> bean) {
    try {
      MBeanServer server = ManagementFactory.getPlatformMBeanServer();
      server.registerMBean(bean, new ObjectName(DOMAIN + type));
    } catch (InstanceAlreadyExistsException e) {
      Log.info("MBean " + DOMAIN + type + " is registered already");
    } catch (JMException e) {
      Log.warn("no MBean " + DOMAIN + type + ": " + e);
    }
  }
}
