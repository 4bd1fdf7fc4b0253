package dev.holdfast.libraries;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Callback;
import com.sun.jna.Pointer;
import dev.holdfast.libraries.model.Person;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A Java object for each node of a libxml2 document. */
class XmlTest {
  private static final int MANY = 10_000;

  interface XmlGlue extends Glue {
    Pointer xml_parse(byte[] text, int bytes, Visit made);

    int xml_sum(Pointer doc, String type);

    void xml_free(Pointer doc);

    interface Visit extends Callback {
      /** C keeps what it is given; the parent's object is lent. */
      Person visit(String name, Person parent);
    }
  }

  @Test
  void eachNodeHasAnObjectForAsLongAsItLives() {
    XmlGlue glue = Glue.load("xml", XmlGlue.class, "libxml2-dev");
    StringBuilder text = new StringBuilder("<top>");
    for (int i = 0; i < MANY / 10; i++) {
      text.append("<a><b><c>text</c></b>").append("<d/>".repeat(6)).append("</a>");
    }
    byte[] bytes = text.append("</top>").toString().getBytes(UTF_8);
    List<Person> made = new ArrayList<>();
    Pointer doc =
        glue.xml_parse(
            bytes,
            bytes.length,
            (name, parent) -> {
              Person person = new Person(made.size(), name, made.size() % 7, null);
              person.next = parent;
              made.add(person);
              return person;
            });
    assertThat(made).hasSize(MANY + 1);
    Person c = made.get(3);
    assertThat(made.get(4).name).isEqualTo("text");
    assertThat(made.get(4).next).isSameAs(c);
    assertThat(List.of(c.name, c.next.name, c.next.next.name, c.next.next.next.name))
        .containsExactly("c", "b", "a", "top");
    System.gc();
    assertThat(glue.xml_sum(doc, Person.class.getName()))
        .isEqualTo(made.stream().mapToInt(p -> p.age).sum());
    glue.xml_free(doc);
    assertThat(glue.glue_destroyed()).isEqualTo(MANY + 1);
    Glue.nothingIsLeft();
  }
}
