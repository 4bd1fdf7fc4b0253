package dev.holdfast.agent.rewrite;

import dev.holdfast.hook.ConstructorReference;
import dev.holdfast.layout.ClassShape;
import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Stands in for the hooks and for the runtime behind them: it writes down who called. */
public final class Recorder implements LayoutKeys {
  /** The name that rewritten code calls. */
  static final String OWNER = Recorder.class.getName().replace('.', '/');

  private static final List<Event> EVENTS = new ArrayList<>();
  private static final List<String> KEYS = new ArrayList<>();
  private static final Map<String, Integer> NUMBERS = new HashMap<>();

  final Map<String, ClassShape> shapes = new LinkedHashMap<>();

  /** Reasons by name. */
  final Map<String, String> leftAlone = new LinkedHashMap<>();

  /** One call: which hook, with which object, for what. */
  record Event(String hook, Object object, String key) {}

  /** The calls since the last time, oldest first. */
  static List<Event> take() {
    List<Event> events = List.copyOf(EVENTS);
    EVENTS.clear();
    return events;
  }

  /** The calls since the last time, as {@code hook key}. */
  static List<String> takeNames() {
    return take().stream().map(event -> event.hook + " " + event.key).toList();
  }

  public static void adopted(Object object, int key) {
    EVENTS.add(new Event("adopted", object, KEYS.get(key)));
  }

  public static void writtenByte(Object object, int key) {
    EVENTS.add(new Event("byte", object, KEYS.get(key)));
  }

  public static void writtenShort(Object object, int key) {
    EVENTS.add(new Event("short", object, KEYS.get(key)));
  }

  public static void writtenInt(Object object, int key) {
    EVENTS.add(new Event("int", object, KEYS.get(key)));
  }

  public static void writtenLong(Object object, int key) {
    EVENTS.add(new Event("long", object, KEYS.get(key)));
  }

  public static void writtenRef(Object object, int key) {
    EVENTS.add(new Event("ref", object, KEYS.get(key)));
  }

  public static void cloned(Object receiver, Object result) {
    EVENTS.add(new Event("cloned", result, receiver.getClass().getName()));
  }

  public static CallSite constructorReference(
      MethodHandles.Lookup caller,
      String name,
      MethodType factory,
      MethodType erased,
      MethodHandle constructor,
      MethodType exact,
      String wrapper)
      throws Exception {
    return ConstructorReference.constructorReference(
        caller, name, factory, erased, constructor, exact, wrapper);
  }

  private static int key(String text) {
    synchronized (KEYS) {
      Integer key = NUMBERS.putIfAbsent(text, KEYS.size());
      if (key == null) {
        KEYS.add(text);
        return KEYS.size() - 1;
      }
      return key;
    }
  }

  @Override
  public int siteKey(ClassLoader loader, String made, String in, String method, int line) {
    return key(made);
  }

  @Override
  public int fieldKey(ClassLoader loader, String ownerBinaryName, String name, String descriptor) {
    return key(ownerBinaryName + "." + name);
  }

  @Override
  public synchronized void record(ClassLoader loader, ClassShape shape) {
    shapes.put(shape.name(), shape);
  }

  @Override
  public synchronized void leftAlone(ClassLoader loader, String binaryName, String reason) {
    leftAlone.put(binaryName, reason);
  }
}
