package dev.holdfast.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Callback;
import com.sun.jna.Library;
import com.sun.jna.Pointer;
import dev.holdfast.Borrowed;
import dev.holdfast.Closure;
import dev.holdfast.Holdfast;
import dev.holdfast.Retained;
import dev.holdfast.libraries.model.Key;
import dev.holdfast.libraries.model.Person;
import dev.holdfast.libraries.model.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** GLib's containers, objects, signals and main loop hold Java objects. */
class GlibTest {
  private static final int MANY = Integer.getInteger("holdfast.test.many", 10_000);

  interface GlibGlue extends Glue {
    Pointer glue_hash();

    Pointer glue_equal();

    Pointer glue_by_age(String type);
  }

  interface Glib extends Library {
    Pointer g_hash_table_new_full(Pointer hash, Pointer equal, Pointer freeKey, Pointer freeValue);

    int g_hash_table_insert(Pointer table, @Retained Object key, @Retained Object value);

    @Borrowed
    Object g_hash_table_lookup(Pointer table, Object key);

    int g_hash_table_remove(Pointer table, Object key);

    int g_hash_table_size(Pointer table);

    void g_hash_table_destroy(Pointer table);

    Pointer g_tree_new_full(Pointer order, Pointer data, Pointer freeKey, Pointer freeValue);

    void g_tree_insert(Pointer tree, @Retained Person key, @Retained Object value);

    @Borrowed
    Object g_tree_lookup(Pointer tree, Person key);

    int g_tree_remove(Pointer tree, Person key);

    void g_tree_foreach(Pointer tree, Traverse function, Pointer data);

    void g_tree_destroy(Pointer tree);

    int g_idle_add_full(int priority, Pointer function, Pointer data, Pointer destroy);

    int g_idle_add_full(int priority, Pointer function, @Retained Task data, Pointer destroy);

    int g_idle_remove_by_data(Pointer data);

    int g_main_context_iteration(Pointer context, int mayBlock);

    int g_main_context_pending(Pointer context);

    interface Traverse extends Callback {
      int visit(Person key, Object value, Pointer data);
    }
  }

  interface Gobject extends Library {
    Pointer g_object_newv(long type, int n, Pointer parameters);

    void g_object_unref(Pointer object);

    void g_object_set_data_full(Pointer object, String key, @Retained Object data, Pointer destroy);

    @Borrowed
    Object g_object_get_data(Pointer object, String key);

    long g_signal_connect_data(
        Pointer object, String signal, Pointer handler, Pointer data, Pointer destroy, int flags);

    void g_signal_handler_disconnect(Pointer object, long handler);
  }

  interface Gio extends Library {
    Pointer g_simple_action_new(String name, Pointer type);

    void g_action_activate(Pointer action, Pointer parameter);
  }

  /** What an idle source does; C gives 0 to have the source removed. */
  interface Idle {
    int run(Task task);
  }

  interface Order {
    int compare(Person a, Person b, Closure self);
  }

  interface Activated {
    void activated(Pointer action, Pointer parameter, Closure self);
  }

  private static final long G_TYPE_OBJECT = 20 << 2;

  private GlibGlue glue;
  private Glib glib;
  private Gobject gobject;
  private Destructions destructions;

  @BeforeEach
  void load() {
    glue = Glue.load("glib", GlibGlue.class, "libglib2.0-dev");
    glib = Holdfast.load("glib-2.0", Glib.class);
    gobject = Holdfast.load("gobject-2.0", Gobject.class);
    destructions = new Destructions(glue);
  }

  @AfterEach
  void nothingIsLeft() {
    if (glue != null) {
      Glue.nothingIsLeft();
    }
  }

  @Test
  void aHashTableHasJavaKeysAndValues() {
    Pointer table =
        glib.g_hash_table_new_full(
            glue.glue_hash(), glue.glue_equal(), glue.glue_destroy(), glue.glue_destroy());
    List<Person> people = Person.many(MANY, List.of());
    for (Person person : people) {
      assertThat(glib.g_hash_table_insert(table, Key.of(person.id), person)).isOne();
    }
    assertThat(glib.g_hash_table_size(table)).isEqualTo(MANY);
    for (Person person : people) {
      assertThat(glib.g_hash_table_lookup(table, Key.of(person.id))).isSameAs(person);
    }
    assertThat(glib.g_hash_table_lookup(table, Key.of(-1))).isNull();
    destructions.were(0);
    for (int i = 0; i < MANY; i += 2) {
      assertThat(glib.g_hash_table_remove(table, Key.of(i))).isOne();
    }
    destructions.were(MANY);
    // The new key is destroyed, and the old value.
    assertThat(glib.g_hash_table_insert(table, Key.of(1), "another")).isZero();
    destructions.were(MANY + 2);
    assertThat(glib.g_hash_table_lookup(table, Key.of(1))).isEqualTo("another");
    glib.g_hash_table_destroy(table);
    destructions.were(2 * MANY + 2);
  }

  @Test
  void aTreeIsOrderedByTheMirrors() {
    Pointer order = glue.glue_by_age(Person.class.getName());
    assertThat(order).isNotNull();
    tree(order, null, Comparator.<Person>comparingInt(p -> p.age).thenComparingInt(p -> p.id));
  }

  @Test
  void aTreeIsOrderedByJava() {
    Comparator<Person> byName = Comparator.comparing(p -> p.name);
    Closure order = Holdfast.closure(Order.class, (a, b, self) -> byName.compare(a, b));
    tree(order.function(), order.context(), byName);
    order.abandon();
  }

  private void tree(Pointer function, Pointer data, Comparator<Person> order) {
    Pointer tree = glib.g_tree_new_full(function, data, glue.glue_destroy(), glue.glue_destroy());
    List<Person> people = Person.many(MANY, List.of());
    Collections.shuffle(people, new Random(1));
    for (Person person : people) {
      glib.g_tree_insert(tree, person, "value of " + person);
    }
    assertThat(glib.g_tree_lookup(tree, people.get(7))).isEqualTo("value of " + people.get(7));
    List<Person> seen = new ArrayList<>();
    glib.g_tree_foreach(
        tree,
        (key, value, nothing) -> {
          seen.add(key);
          return 0;
        },
        null);
    people.sort(order);
    assertThat(seen).isEqualTo(people);
    assertThat(glib.g_tree_remove(tree, people.get(0))).isOne();
    destructions.were(2);
    glib.g_tree_destroy(tree);
    destructions.were(2 * MANY);
  }

  @Test
  void aGobjectHasAJavaObjectAsItsData() {
    List<Pointer> objects = new ArrayList<>();
    List<Person> people = Person.many(MANY, List.of());
    for (Person person : people) {
      Pointer object = gobject.g_object_newv(G_TYPE_OBJECT, 0, null);
      gobject.g_object_set_data_full(object, "person", person, glue.glue_destroy());
      objects.add(object);
    }
    for (int i = 0; i < MANY; i++) {
      assertThat(gobject.g_object_get_data(objects.get(i), "person")).isSameAs(people.get(i));
    }
    gobject.g_object_set_data_full(objects.get(0), "person", people.get(1), glue.glue_destroy());
    destructions.were(1);
    objects.forEach(gobject::g_object_unref);
    destructions.were(MANY + 1);
  }

  @Test
  void aSignalIsHeardByJavaListeners() {
    Gio gio = Holdfast.load("gio-2.0", Gio.class);
    Pointer action = gio.g_simple_action_new("act", null);
    List<Person> heard = Person.many(MANY, List.of());
    heard.forEach(person -> person.age = 0);
    long[] handlers = new long[MANY];
    for (int i = 0; i < MANY; i++) {
      int mine = i;
      Closure closure =
          Holdfast.closure(
              Activated.class,
              (emitter, parameter, self) -> {
                assertThat(emitter).isEqualTo(action);
                heard.get(mine).age++;
                if (mine % 3 == 0) {
                  gobject.g_signal_handler_disconnect(emitter, handlers[mine]);
                }
              });
      handlers[i] =
          gobject.g_signal_connect_data(
              action, "activate", closure.function(), closure.context(), glue.glue_destroy(), 0);
    }
    System.gc();
    gio.g_action_activate(action, null);
    destructions.were((MANY + 2) / 3);
    gio.g_action_activate(action, null);
    for (int i = 0; i < MANY; i++) {
      assertThat(heard.get(i).age).isEqualTo(i % 3 == 0 ? 1 : 2);
    }
    gobject.g_object_unref(action);
    destructions.were(MANY);
  }

  @Test
  void anIdleSourceReleasesItsJavaObjectInItsOwnCallback() {
    List<Task> tasks = new ArrayList<>();
    Closure shared = Holdfast.closure(Idle.class, task -> ++task.runs < 2 ? 1 : 0);
    for (int i = 0; i < MANY; i++) {
      Task task = new Task();
      tasks.add(task);
      if (i % 3 == 0) {
        glib.g_idle_add_full(200, shared.function(), task, glue.glue_destroy());
      } else {
        boolean removesItself = i % 3 == 1;
        Closure own =
            Holdfast.closure(
                SelfIdle.class,
                self -> {
                  if (++task.runs == 2 && removesItself) {
                    assertThat(glib.g_idle_remove_by_data(self.context())).isOne();
                  }
                  return removesItself || task.runs < 2 ? 1 : 0;
                });
        glib.g_idle_add_full(200, own.function(), own.context(), glue.glue_destroy());
      }
    }
    System.gc();
    while (glib.g_main_context_pending(null) != 0) {
      glib.g_main_context_iteration(null, 0);
    }
    assertThat(tasks).allMatch(task -> task.runs == 2);
    destructions.were(MANY);
    shared.abandon();
  }

  interface SelfIdle {
    int run(Closure self);
  }
}
