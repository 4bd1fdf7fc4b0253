package dev.holdfast;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The packages of this module depend on each other in one direction:
 *
 * <pre>
 * dev.holdfast -> jna -> call -> collect -> space, table, layout -> arena -> hook
 *     \__________________________ stats ___________________________/
 * </pre>
 *
 * A package may use everything to its right. {@code stats} uses none of ours, and {@code hook},
 * which lives in the boot loader, nothing outside {@code java.base}.
 */
class DependencyDirectionTest {
  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.holdfast");

  @Test
  void packagesUseOnlyWhatIsBelowThem() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .withOptionalLayers(true)
        .layer("api")
        .definedBy("dev.holdfast")
        .layer("jna")
        .definedBy("dev.holdfast.jna..")
        .layer("call")
        .definedBy("dev.holdfast.call..")
        .layer("collect")
        .definedBy("dev.holdfast.collect..")
        .layer("space")
        .definedBy("dev.holdfast.space..")
        .layer("table")
        .definedBy("dev.holdfast.table..")
        .layer("layout")
        .definedBy("dev.holdfast.layout..")
        .layer("arena")
        .definedBy("dev.holdfast.arena..")
        .layer("hook")
        .definedBy("dev.holdfast.hook..")
        .layer("stats")
        .definedBy("dev.holdfast.stats..")
        .whereLayer("api")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("jna")
        .mayOnlyBeAccessedByLayers("api")
        .whereLayer("call")
        .mayOnlyBeAccessedByLayers("api", "jna")
        .whereLayer("collect")
        .mayOnlyBeAccessedByLayers("api", "jna", "call")
        .whereLayer("space")
        .mayOnlyBeAccessedByLayers("api", "jna", "call", "collect", "table", "layout")
        .whereLayer("table")
        .mayOnlyBeAccessedByLayers("api", "jna", "call", "collect", "space", "layout")
        .whereLayer("layout")
        .mayOnlyBeAccessedByLayers("api", "jna", "call", "collect", "space", "table")
        .whereLayer("arena")
        .mayOnlyBeAccessedByLayers("api", "jna", "call", "collect", "space", "table", "layout")
        .whereLayer("hook")
        .mayNotAccessAnyLayer()
        .whereLayer("stats")
        .mayNotAccessAnyLayer()
        .ensureAllClassesAreContainedInArchitecture()
        .check(OURS);
  }

  @Test
  void packagesFormNoCycle() {
    slices()
        .matching("dev.holdfast.(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(OURS);
  }

  @Test
  void onlyTheApiAndItsBindingNameJna() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.holdfast", "dev.holdfast.jna..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.sun.jna..")
        .allowEmptyShould(true)
        .check(OURS);
  }

  @Test
  void theHookUsesJavaBaseOnly() {
    var javaBase =
        resideInAnyPackage("java..", "jdk.internal..")
            .and(resideOutsideOfPackage("java.lang.instrument.."))
            .and(resideOutsideOfPackage("java.lang.management.."))
            .and(resideOutsideOfPackage("java.util.logging.."))
            .and(resideOutsideOfPackage("java.util.prefs.."))
            .and(resideOutsideOfPackage("java.sql.."));
    classes()
        .that()
        .resideInAPackage("dev.holdfast.hook..")
        .should()
        .onlyDependOnClassesThat(javaBase.or(resideInAPackage("dev.holdfast.hook..")))
        .allowEmptyShould(true)
        .check(OURS);
  }

  @Test
  void nothingBindsTheLoggingOfTheApplication() {
    noClasses()
        .that(alwaysTrue())
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.util.logging..", "org.slf4j..", "org.apache.logging..")
        .check(OURS);
  }

  @Test
  void everyPackageSaysWhatLivesInIt() {
    Set<String> silent = new TreeSet<>();
    for (JavaClass ours : OURS) {
      if (ours.getPackage().tryGetPackageInfo().isEmpty()) {
        silent.add(ours.getPackageName());
      }
    }
    assertThat(silent).as("packages without a package-info.java").isEmpty();
  }
}
