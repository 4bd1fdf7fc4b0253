package dev.holdfast.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Pointer;
import dev.holdfast.Holdfast;
import dev.holdfast.Retained;
import dev.holdfast.libraries.model.City;
import dev.holdfast.libraries.model.Person;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lua scripts walk Java's objects, and belong to them. */
class LuaTest {
  private static final int MANY = 10_000;

  interface LuaGlue extends Glue {
    Pointer lua_begin(String type);

    void lua_end(Pointer lua);

    String lua_run(Pointer lua, String script);

    long lua_answer(Pointer lua);

    void lua_give(Pointer lua, String name, @Retained Person person);

    int lua_tie(Pointer lua, String table, Person owner);

    int lua_tied_age(Pointer lua, Person owner, String name);

    int lua_collect(Pointer lua);
  }

  private LuaGlue glue;
  private Pointer lua;

  @BeforeEach
  void load() {
    glue = Glue.load("lua", LuaGlue.class, "liblua5.4-dev");
    new Person(0, "so that the class is known", 0, null);
    lua = glue.lua_begin(Person.class.getName());
    assertThat(lua).isNotNull();
  }

  @AfterEach
  void nothingIsLeft() {
    if (glue != null) {
      Glue.nothingIsLeft();
    }
  }

  private long run(String script) {
    assertThat(glue.lua_run(lua, script)).isNull();
    return glue.lua_answer(lua);
  }

  @Test
  void aScriptWalksAJavaGraph() {
    List<Person> people = Person.many(MANY, List.of(new City(1, "Ulm")));
    glue.lua_give(lua, "first", people.get(0));
    long sum = run("local n, p = 0, first; while p do n = n + p.age; p = p.next end; return n");
    assertThat(sum).isEqualTo(people.stream().mapToInt(p -> p.age).sum());
    assertThat(run("return first.next == first.next and 1 or 0")).isOne();
    assertThat(run("return first.name == 'Person \u00e9 0' and 1 or 0")).isOne();
    people.get(1).age = 500;
    assertThat(run("return first.next.age")).isEqualTo(500);
    assertThat(glue.lua_run(lua, "return first.nothing")).contains("HF_ENOFIELD");
    // All of them at once, each counted by its own Lua value.
    run("all = {}; local p = first; while p do all[#all + 1] = p; p = p.next end; return #all");
    assertThat(Holdfast.stats().handlesCounted()).isEqualTo(MANY);
    long before = glue.glue_destroyed();
    run("all = nil; first = nil; collectgarbage(); return 0");
    assertThat(glue.glue_destroyed() - before).isGreaterThanOrEqualTo(MANY);
    glue.lua_end(lua);
  }

  @Test
  void aCycleThroughBothHeapsIsCollected() {
    List<WeakReference<Person>> owners = new ArrayList<>();
    Person kept = new Person(-1, "kept", 33, null);
    tie(kept, new Person(-2, "kept's friend", 34, null));
    for (int i = 0; i < MANY; i++) {
      Person owner = new Person(i, "owner", i % 100, null);
      tie(owner, new Person(i, "friend", i % 100, null));
      owners.add(new WeakReference<>(owner));
    }
    int[] forgotten = new int[1];
    Ending.awaits(
        () -> MANY + " cycles are collected: " + forgotten[0],
        () -> (forgotten[0] += glue.lua_collect(lua)) == MANY);
    assertThat(owners).allMatch(owner -> owner.refersTo(null));
    assertThat(glue.lua_tied_age(lua, kept, "friend")).isEqualTo(34);
    glue.lua_end(lua);
  }

  /** Owner to friend by an edge that C made, friend to owner by a field; nothing is counted. */
  private void tie(Person owner, Person friend) {
    friend.next = owner;
    run("t = {}; return 0");
    glue.lua_give(lua, "f", friend);
    run("t.friend = f; f = nil; return 0");
    assertThat(glue.lua_tie(lua, "t", owner)).isZero();
  }
}
