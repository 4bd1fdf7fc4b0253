package dev.holdfast.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Pointer;
import dev.holdfast.Retained;
import dev.holdfast.libraries.model.Person;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tcl's commands and values hold Java objects. */
class TclTest {
  private static final int MANY = 10_000;

  interface TclGlue extends Glue {
    Pointer tcl_begin(String type);

    void tcl_end(Pointer tcl);

    int tcl_command(Pointer tcl, String name, @Retained Person person);

    int tcl_delete(Pointer tcl, String name);

    String tcl_run(Pointer tcl, String script);

    int tcl_set(Pointer tcl, String name, @Retained Person person);

    int tcl_duplicate(Pointer tcl, String from, String to);
  }

  private TclGlue glue;
  private Pointer tcl;
  private Destructions destructions;
  private List<Person> people;

  @BeforeEach
  void load() {
    glue = Glue.load("tcl", TclGlue.class, "tcl-dev");
    people = Person.many(MANY, List.of()); // not before there is what moves them
    tcl = glue.tcl_begin(Person.class.getName());
    assertThat(tcl).isNotNull();
    destructions = new Destructions(glue);
  }

  @AfterEach
  void nothingIsLeft() {
    if (glue != null) {
      Glue.nothingIsLeft();
    }
  }

  @Test
  void aCommandHasAJavaObjectAsItsClientData() {
    for (Person person : people) {
      assertThat(glue.tcl_command(tcl, "p" + person.id, person)).isZero();
    }
    String sum =
        glue.tcl_run(
            tcl, "set n 0; for {set i 0} {$i < " + MANY + "} {incr i} {incr n [p$i]}; set n");
    assertThat(sum).isEqualTo("" + people.stream().mapToInt(p -> p.age).sum());
    assertThat(glue.tcl_delete(tcl, "p0")).isZero();
    glue.tcl_run(tcl, "rename p1 {}");
    assertThat(glue.tcl_command(tcl, "p2", people.get(3))).isZero();
    destructions.were(3);
    assertThat(glue.tcl_run(tcl, "p2")).isEqualTo("" + people.get(3).age);
    glue.tcl_end(tcl);
    destructions.were(MANY + 1);
  }

  @Test
  void aDuplicateOfAValueCountsOnceMore() {
    for (Person person : people) {
      assertThat(glue.tcl_set(tcl, "v" + person.id, person)).isZero();
      assertThat(glue.tcl_duplicate(tcl, "v" + person.id, "w" + person.id)).isZero();
    }
    for (Person person : people) {
      glue.tcl_run(tcl, "unset v" + person.id);
    }
    destructions.were(MANY);
    String sum =
        glue.tcl_run(
            tcl,
            "set n 0; for {set i 0} {$i < " + MANY + "} {incr i} {incr n [age [set w$i]]}; set n");
    assertThat(sum).isEqualTo("" + people.stream().mapToInt(p -> p.age).sum());
    assertThat(glue.tcl_run(tcl, "age 5")).isEqualTo("no Java object");
    // A value that becomes a number's forgets its object.
    glue.tcl_run(tcl, "set w0 1; incr w0");
    destructions.were(MANY + 1);
    glue.tcl_end(tcl);
    destructions.were(2 * MANY);
  }
}
