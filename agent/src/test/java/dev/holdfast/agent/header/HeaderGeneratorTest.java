package dev.holdfast.agent.header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sample.people.Box;
import sample.people.Color;
import sample.people.Employee;
import sample.people.Empty;
import sample.people.Person;
import sample.people.Point;
import sample.people.Shy;

class HeaderGeneratorTest {
  private static final String TEST_CLASSES = "target/test-classes";
  private static final String PACKAGE = "sample.people.";

  private final List<String> warnings = new ArrayList<>();
  @TempDir private Path directory;

  @Test
  void writesWhatTheGoldenFileShows() throws Exception {
    String header = header("people.h", "", Person.class, Employee.class, Point.class);
    try (InputStream golden = getClass().getResourceAsStream("people.h")) {
      assertThat(header).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void writesTheSameHeaderTwice() {
    assertThat(header("people.h", "", Person.class))
        .isEqualTo(header("people.h", "", Person.class));
  }

  @Test
  void namesAMemberAfterItsFieldEvenIfItIsCalledFlags() {
    assertThat(header("people.h", "", Person.class)).contains("  int32_t flags;");
  }

  @Test
  void callsAShadowedFieldAfterItsClassAndLeavesTheNearerOneItsName() {
    assertThat(header("people.h", "", Employee.class))
        .contains("  int64_t name; /* long name */")
        .contains("  hf_ref Person_name_; /* " + PACKAGE + "Person: java.lang.String name */")
        .contains("  int32_t Person_name; /* int Person_name */")
        .contains("  hf_ref Person_next;")
        .contains("#define Employee_Person_next_field ");
  }

  @Test
  void putsThePrefixBeforeTheNamesOfStructsOnly() {
    assertThat(header("my-people.h", "acme_", Employee.class))
        .contains("typedef struct acme_Employee {")
        .contains("*acme_Employee_of(hf_ref ref)")
        .contains("#define acme_Employee_grade_field")
        .contains("  hf_ref Person_next;")
        .contains("hf_status my_people_init(void)");
  }

  @Test
  void callsANestedClassAfterTheClassesAroundIt() {
    assertThat(header("box.h", "", Box.class, Box.Lid.class, Box.Lid.Hinge.class))
        .contains("} Box;", "} Box_Lid;", "} Box_Lid_Hinge;")
        .contains("  hf_ref value; /* java.lang.Comparable value */")
        .contains("  hf_ref this_0; /* final " + PACKAGE + "Box this$0 */");
  }

  @Test
  void findsANestedClassByItsCanonicalName() {
    assertThat(generate("box.h", PACKAGE + "Box.Lid.Hinge")).contains("} Box_Lid_Hinge;");
  }

  @Test
  void showsEnumsAsOrdinalsButNotArraysOfThem() {
    assertThat(header("people.h", "", Person.class))
        .contains("  int32_t eyes; /* " + PACKAGE + "Color eyes: the ordinal, -1 for null */")
        .contains("  int32_t patience; /* java.util.concurrent.TimeUnit patience: the ordinal")
        .contains("  hf_ref palette;");
  }

  @Test
  void mirrorsAnEnumThatIsItselfNamed() {
    assertThat(header("color.h", "", Color.class)).contains("typedef struct Color {");
  }

  @Test
  void beginsWithTheTopmostSelectedClass() {
    Predicate<String> onlyEmployee = (PACKAGE + "Employee")::equals;
    String header = generate("people.h", "", onlyEmployee, TEST_CLASSES, PACKAGE + "Employee");
    assertThat(header).contains("offsetof(Employee, grade) == 8").doesNotContain("hf_ref scores");
  }

  @Test
  void countsASubclassOfASelectedClassAsManaged() {
    Predicate<String> onlyPerson = (PACKAGE + "Person")::equals;
    String header = generate("people.h", "", onlyPerson, TEST_CLASSES, PACKAGE + "Employee");
    assertThat(header).isEqualTo(header("people.h", "", Employee.class));
  }

  @Test
  void leavesOutASuperclassThatOptsOutOfItsMirror() {
    assertThat(header("shy.h", "", Shy.Bold.class))
        .contains("offsetof(Shy_Bold, shown) == 8")
        .doesNotContain("unseen");
  }

  @Test
  void compilesAsCAndAsCpp() throws Exception {
    Class<?>[] all = {
      Person.class, Employee.class, Point.class, Box.class, Box.Lid.class, Empty.class, Color.class
    };
    Files.writeString(directory.resolve("all.h"), header("all.h", "", all));
    String main =
        """
        #include "all.h"
        #include <stdio.h>
        int main(void) {
          static const hf_field fields[] = {Employee_grade_field, Person_age_field};
          printf("%d %d", (int)all_init(), (int)(fields[0] & 0xffffff));
          return Person_of(HF_UNMIRRORED) != NULL || Empty_of(HF_NULL) != NULL;
        }
        """;
    for (CCompiler compiler : CCompiler.values()) {
      assertThat(compiler.run(directory, main)).as("%s", compiler).startsWith("-1 ");
    }
  }

  @Test
  void givesTheWarningForAFieldWhoseTypeIsMissing() throws Exception {
    Path fixtures = directory.resolve("cp");
    copy("Person", fixtures);
    generate("p.h", "", HeaderGenerator::outsideTheJdk, fixtures.toString(), PACKAGE + "Person");
    assertThat(warnings)
        .containsExactly(
            PACKAGE
                + "Color, the type of "
                + PACKAGE
                + "Person.eyes, is not on the class path '"
                + fixtures
                + "': taken as no enum");
  }

  @Test
  void namesTheClassAndTheClassPathWhenThereIsNoSuchClass() {
    assertThatThrownBy(
            () ->
                generate(
                    "p.h",
                    "",
                    HeaderGenerator::outsideTheJdk,
                    TEST_CLASSES + ":/no/such.jar",
                    "com.acme.Nobody"))
        .isInstanceOf(HeaderException.class)
        .hasMessage(
            "com.acme.Nobody: no such class on the class path '"
                + TEST_CLASSES
                + ":/no/such.jar' (does not exist: /no/such.jar)");
  }

  @Test
  void namesTheSuperclassThatIsMissing() throws Exception {
    Path fixtures = directory.resolve("cp");
    copy("Employee", fixtures);
    assertThatThrownBy(
            () ->
                generate(
                    "p.h",
                    "",
                    HeaderGenerator::outsideTheJdk,
                    fixtures.toString(),
                    PACKAGE + "Employee"))
        .isInstanceOf(HeaderException.class)
        .hasMessage(
            PACKAGE
                + "Person: the superclass of "
                + PACKAGE
                + "Employee is not on the class path '"
                + fixtures
                + "'");
  }

  @Test
  void refusesWhatHasNoMirror() {
    assertThatThrownBy(() -> generate("p.h", "java.lang.Runnable"))
        .hasMessage("java.lang.Runnable: an interface has no fields to mirror");
    assertThatThrownBy(() -> generate("p.h", "java.lang.Thread"))
        .hasMessage(
            "java.lang.Thread: not managed, because neither it nor a superclass is selected");
    assertThatThrownBy(() -> generate("p.h", Shy.class.getName()))
        .hasMessage(Shy.class.getName() + ": not managed, because it bears @Mirrored(false)");
  }

  @Test
  void refusesTwoClassesOfOneName() {
    Predicate<String> all = name -> !name.equals("java.lang.Object");
    assertThatThrownBy(
            () -> generate("d.h", "", all, TEST_CLASSES, "java.util.Date", "java.sql.Date"))
        .hasMessage(
            "java.sql.Date and java.util.Date would both be called Date in d.h: give one of them a"
                + " header of its own, with another --prefix");
  }

  @Test
  void refusesAFileThatIsNoClassFile() throws Exception {
    Files.write(directory.resolve("Torn.class"), new byte[] {1, 2, 3});
    assertThatThrownBy(
            () -> generate("t.h", "", HeaderGenerator::outsideTheJdk, directory.toString(), "Torn"))
        .isInstanceOf(HeaderException.class)
        .hasMessageStartingWith(
            "Torn: its class file on the class path '" + directory + "' cannot be read: ");
  }

  private static void copy(String name, Path to) throws Exception {
    String file = (PACKAGE + name).replace('.', '/') + ".class";
    Files.createDirectories(to.resolve(file).getParent());
    Files.copy(Path.of(TEST_CLASSES, file), to.resolve(file));
  }

  private String header(String file, String prefix, Class<?>... classes) {
    String[] names = Stream.of(classes).map(Class::getName).toArray(String[]::new);
    return generate(file, prefix, HeaderGenerator::outsideTheJdk, TEST_CLASSES, names);
  }

  private String generate(String file, String... names) {
    return generate(file, "", HeaderGenerator::outsideTheJdk, TEST_CLASSES, names);
  }

  private String generate(
      String file, String prefix, Predicate<String> selected, String path, String... names) {
    try (ClassPath classPath = new ClassPath(path)) {
      return new HeaderGenerator(classPath, selected, prefix, warnings::add)
          .header(file, List.of(names));
    }
  }
}
