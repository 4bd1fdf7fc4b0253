package dev.holdfast;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.util.Map;

/** The part of the C test library that calls Java, {@code keeper/calls.c}. */
interface Calls extends Library {
  static Calls load() {
    Keeper.load();
    return Native.load("keeper", Calls.class, Map.of(Library.OPTION_STRING_ENCODING, "UTF-8"));
  }

  int calls_status();

  String calls_error();

  int calls_type_find(String name);

  int calls_type_of(Handle handle);

  String calls_type_name(int type);

  int calls_instance_of(Handle handle, int type);

  long calls_method_find(int type, String name, String descriptor);

  int calls_call(Handle handle, long method, long[] arguments, long[] result);

  int calls_call_many(Handle handle, long method, int rounds);

  int calls_call_elsewhere(Handle handle, long method, long[] arguments, long[] result);

  int calls_call_in_scope(Handle handle, long method);

  Handle calls_new(long constructor, long[] arguments);

  Handle calls_exception();

  int calls_throw(String type, String message);

  int calls_throw_elsewhere(String type);

  int calls_call_and_leave(Handle handle, long method);

  /** The method of a class that has it. */
  default long method(Class<?> type, String name, String descriptor) {
    long method = calls_method_find(calls_type_find(type.getName()), name, descriptor);
    if (method == 0) {
      throw new AssertionError(calls_error());
    }
    return method;
  }
}
