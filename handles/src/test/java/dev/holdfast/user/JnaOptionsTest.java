package dev.holdfast.user;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Callback;
import com.sun.jna.DefaultTypeMapper;
import com.sun.jna.FunctionMapper;
import com.sun.jna.InvocationMapper;
import com.sun.jna.Library;
import com.sun.jna.MethodParameterContext;
import com.sun.jna.Pointer;
import com.sun.jna.ToNativeContext;
import com.sun.jna.ToNativeConverter;
import dev.holdfast.Eventually;
import dev.holdfast.Holdfast;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@code Native.load} takes as options. */
@Tag("own-jvm")
class JnaOptionsTest {
  record Person(String name) {}

  interface Counter extends Callback {
    int count(Object object);
  }

  interface Pairing extends Callback {
    int pair(Object a, Object b);
  }

  interface Renamed extends Library {
    int count(Counter counter, Object object);

    int count_two(Pairing pairing, Person a, Object b);
  }

  private final Person ann = new Person("Ann");
  private final Person bob = new Person("Bob");

  @AfterEach
  void nothingIsCountedAnyMore() {
    Eventually.allIsGivenBack();
  }

  @Test
  void functionsAreNamedByAMapperOrAMap() {
    Renamed byMap = Holdfast.load("keeper", Renamed.class, Map.of("count", "call_one"));
    assertThat(byMap.count(object -> object == ann ? 1 : 0, ann)).isOne();
    FunctionMapper mapper = (library, method) -> method.getName().replace("count", "call");
    Renamed byMapper =
        Holdfast.load("keeper", Renamed.class, Map.of(Library.OPTION_FUNCTION_MAPPER, mapper));
    assertThat(byMapper.count_two((a, b) -> a == ann && b == bob ? 1 : 0, ann, bob)).isOne();
  }

  @Test
  void aTypeMapperComesFirst() {
    DefaultTypeMapper mapper = new DefaultTypeMapper();
    ToNativeConverter toHandle =
        new ToNativeConverter() {
          @Override
          public Object toNative(Object person, ToNativeContext context) {
            assertThat(context).isInstanceOf(MethodParameterContext.class);
            return null;
          }

          @Override
          public Class<?> nativeType() {
            return Pointer.class;
          }
        };
    mapper.addToNativeConverter(Person.class, toHandle);
    Map<String, ?> options = Map.of(Library.OPTION_TYPE_MAPPER, mapper, "count_two", "call_two");
    Renamed mapped = Holdfast.load("keeper", Renamed.class, options);
    assertThat(mapped.count_two((a, b) -> a == null && b == bob ? 1 : 0, ann, bob)).isOne();
  }

  @Test
  void anInvocationMapperComesFirst() {
    InvocationMapper mapper =
        (library, method) ->
            method.getName().equals("count") ? (proxy, called, args) -> args.length : null;
    Map<String, ?> options =
        Map.of(Library.OPTION_INVOCATION_MAPPER, mapper, "count_two", "call_two");
    Renamed mapped = Holdfast.load("keeper", Renamed.class, options);
    assertThat(mapped.count(object -> 7, ann)).isEqualTo(2);
    assertThat(mapped.count_two((a, b) -> a == ann && b == bob ? 1 : 0, ann, bob)).isOne();
  }
}
