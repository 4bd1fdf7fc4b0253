package dev.holdfast.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.arena.RuntimeBlock;
import dev.holdfast.arena.UnsafeMemory;
import dev.holdfast.fixture.Managed;
import dev.holdfast.fixture.Sources;
import dev.holdfast.hook.FieldSpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A site's names mean what the site's class loader means by them, also where a class extends one of
 * its own name.
 */
@Tag("engine")
class FieldSitesTest {
  private static final String SHARED = "sites.Shared";
  private static final String BETWEEN = "sites.Between";

  private final Layouts layouts = new Layouts(new RuntimeBlock(new UnsafeMemory()));
  private final FieldSites sites = new FieldSites(layouts);

  /** Sees the upper class of the shared name. */
  private final Sources.Loader above =
      new Sources()
          .with(SHARED, "Object", true, "int number; Object any; Shared shared;")
          .with(BETWEEN, SHARED, false, "long gap;")
          .load();

  /** Sees the lower one, which extends the upper. */
  private final Sources.Loader below =
      new Sources()
          .with(BETWEEN, "Object", false, "")
          .with(SHARED, BETWEEN, false, "double before; int number; Shared shared;")
          .loadOnly(SHARED, above);

  private final Class<?> upper = above.get(SHARED);
  private final Class<?> lower = below.get(SHARED);

  FieldSitesTest() {
    Managed.clean(upper);
    Managed.clean(above.get(BETWEEN));
    Managed.clean(lower);
  }

  private long spec(ClassLoader loader, Class<?> written) {
    return sites.resolveField(Layouts.fieldKey(loader, SHARED, "number", "I"), written)[0];
  }

  private long specOfNumber(Class<?> declaring) {
    LayoutPlan plan = layouts.planOf(declaring);
    return layouts.describe(declaring).fieldSpec(plan.fields().indexOf(plan.field("number")));
  }

  @Test
  void theOwnerOfAFieldIsTheClassThatTheSiteSees() {
    assertThat(lower.getSuperclass().getSuperclass()).isSameAs(upper);
    assertThat(spec(above, lower)).isEqualTo(specOfNumber(upper)).isNotEqualTo(FieldSpec.NONE);
    assertThat(spec(below, lower)).isEqualTo(specOfNumber(lower)).isNotEqualTo(FieldSpec.NONE);
  }

  @Test
  void theTypeOfAFieldIsTheClassThatTheSiteSees() {
    Sources.Loader other =
        new Sources()
            .with("sites.Root", "Object", false, "")
            .with(SHARED, "sites.Root", false, "")
            .loadOnly(SHARED, otherRoot());
    Class<?> namesake = other.get(SHARED);
    Managed.clean(namesake);
    int key = Layouts.fieldKey(above, SHARED, "shared", "Lsites/Shared;");
    assertThat(sites.resolveTargets(key, upper, lower))
        .isEqualTo(layouts.describe(upper).offsets());
    assertThat(layouts.describe(namesake).managed()).isTrue();
    assertThat(sites.resolveTargets(key, upper, namesake)).isEqualTo(-1);
  }

  /** Its hidden fields are elsewhere. */
  private static ClassLoader otherRoot() {
    Sources.Loader loader =
        new Sources().with("sites.Root", "Object", true, "long one; long two;").load();
    Managed.clean(loader.get("sites.Root"));
    return loader;
  }
}
