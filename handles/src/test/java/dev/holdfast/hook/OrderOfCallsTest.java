package dev.holdfast.hook;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Cures that no run on x86-64 can miss, looked for in the byte code.
 *
 * <ul>
 *   <li>The fence behind the pair: x86-64 keeps stores in order, and C2 puts a barrier of its own
 *       behind a store of {@code Unsafe} at an offset that it does not know.
 *   <li>The object is reachable to the end of the section: while it might not be, the grace period
 *       waits for the section ({@link SectionAndDeathTest}). Either is enough, in the model too.
 * </ul>
 */
class OrderOfCallsTest {
  private static final JavaClasses HOOK =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.holdfast.hook");

  /** Units of code in which a method is called, outside the class that declares it. */
  private static List<JavaCodeUnit> callersOf(String method) {
    List<JavaCodeUnit> callers = new ArrayList<>();
    HOOK.forEach(
        type ->
            type.getCodeUnits().stream()
                .filter(unit -> lines(unit, method).findAny().isPresent())
                .forEach(callers::add));
    assertThat(callers).as("callers of %s", method).isNotEmpty();
    return callers;
  }

  private static IntStream lines(JavaCodeUnit unit, String method) {
    return unit.getMethodCallsFromSelf().stream()
        .filter(call -> call.getTarget().getName().equals(method))
        .mapToInt(JavaMethodCall::getLineNumber);
  }

  private static void assertFollows(JavaCodeUnit unit, String later, String earlier) {
    OptionalInt last = lines(unit, later).max();
    assertThat(last).as("%s calls %s", unit.getFullName(), later).isPresent();
    assertThat(last.getAsInt())
        .as("line of %s in %s", later, unit.getFullName())
        .isGreaterThan(lines(unit, earlier).max().getAsInt());
  }

  @Test
  void aFenceFollowsTheHiddenFieldsAtAnAllocationSite() {
    List<JavaCodeUnit> sites = callersOf("putReference");
    assertThat(sites).allMatch(unit -> unit.getOwner().isEquivalentTo(SiteAdoption.class));
    sites.forEach(unit -> assertFollows(unit, "storeStoreFence", "putReference"));
  }

  /** At an allocation site the thread's record or the object itself holds the cohort. */
  @Test
  void theObjectIsReachableToTheEndOfTheSection() {
    for (JavaCodeUnit unit : callersOf("unmark")) {
      if (!unit.getOwner().isEquivalentTo(SiteAdoption.class)) {
        assertFollows(unit, "reachabilityFence", "unmark");
        assertThat(lines(unit, "reachabilityFence").distinct().count())
            .as("object and cohort in %s", unit.getFullName())
            .isEqualTo(2);
      }
    }
  }
}
