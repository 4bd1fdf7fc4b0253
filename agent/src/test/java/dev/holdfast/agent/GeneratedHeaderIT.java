package dev.holdfast.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.agent.header.CCompiler;
import dev.holdfast.agent.header.ClassPath;
import dev.holdfast.agent.header.HeaderGenerator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sample.people.Color;
import sample.people.Employee;
import sample.people.Person;
import sample.people.Reading;

/** A C library that is compiled against a generated header reads the objects of a program. */
class GeneratedHeaderIT {
  private static final String LIBRARY =
      """
      #include "people.h"
      #include <stdio.h>
      #define VISIBLE __attribute__((visibility("default")))
      #ifdef __cplusplus
      extern "C" {
      #endif
      VISIBLE int describe(hf_ref ref, char *out, int cap);
      VISIBLE int is_color(hf_ref ref);
      #ifdef __cplusplus
      }
      #endif

      int describe(hf_ref ref, char *out, int cap) {
        char name[20] = "";
        if (people_init() != HF_OK)
          return snprintf(out, (size_t)cap, "people_init: %s", hf_last_error());
        int64_t bytes = hf_field_utf8(ref, Employee_Person_name__field, name, sizeof name);
        hf_enter();
        const Employee *e = Employee_of(ref);
        const Person *p = Person_of(ref);
        int n = -1;
        if (!e || !p) {
          n = snprintf(out, (size_t)cap, "%s", hf_last_error());
        } else {
          const Person *next = Person_of(e->Person_next);
          n = snprintf(out, (size_t)cap,
                       "%d %d %d %d %d %lld %g %g | %s(%d) %d %d %d %d | %d %d %d %x | %d %lld %d %d",
                       e->alive, e->shoe, e->initial, e->height, e->age, (long long)e->seen,
                       (double)e->weight, e->wealth, name, (int)bytes, e->eyes, e->patience,
                       next ? next->age : -1, next ? next->eyes : -9,
                       e->scores == HF_UNMIRRORED, e->palette == HF_NULL,
                       e->nicknames == HF_NULL, (unsigned)e->flags, e->grade, (long long)e->name,
                       e->Person_name, e->next == ref && p->age == e->age);
        }
        hf_exit();
        return n;
      }

      int is_color(hf_ref ref) {
        hf_enter();
        int is = Color_of(ref) != NULL;
        hf_exit();
        return is;
      }
      """;

  @TempDir Path directory;

  @Test
  void namesMembersAndChecksHoldInTheRunningProgram() throws Exception {
    writeHeader();
    for (CCompiler compiler : List.of(CCompiler.C11, CCompiler.CPP17)) {
      String library = compiler.library(directory, LIBRARY).toString();
      for (String options : List.of("", ",zeal=1")) {
        ForkedJvm.Ended ended =
            ForkedJvm.withAgent("include=sample.people.*" + options)
                .with("-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8")
                .run(Reading.class, library)
                .succeeded();
        assertThat(ended.value("seen"))
            .isEqualTo(
                "1 -42 8364 -30000 39 -9223372036854775807 61.5 -1e+300 | Zoë(4) -1 6 61 1"
                    + " | 1 1 1 7fffffff | 7 1099511627776 5 1");
        assertThat(ended.value("colors")).isEqualTo("10");
      }
    }
  }

  @Test
  void refusesTheObjectsOfAnotherSelection() throws Exception {
    writeHeader();
    String library = CCompiler.C11.library(directory, LIBRARY).toString();
    ForkedJvm.Ended ended =
        ForkedJvm.withAgent("include=sample.people.Employee")
            .run(Reading.class, library)
            .succeeded();
    assertThat(ended.value("seen"))
        .startsWith("people_init: HF_ELAYOUT: sample.people.Employee ")
        .contains("generate it again");
  }

  private void writeHeader() throws Exception {
    List<String> names =
        Stream.of(Person.class, Employee.class, Color.class).map(Class::getName).toList();
    try (ClassPath classes = new ClassPath(ForkedJvm.testClasses(Reading.class).toString())) {
      HeaderGenerator generator =
          new HeaderGenerator(classes, name -> name.startsWith("sample."), "", warning -> {});
      Files.writeString(directory.resolve("people.h"), generator.header("people.h", names));
    }
  }
}
