package dev.holdfast;

import com.sun.jna.Callback;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;
import java.util.Map;

/** The C test library {@code keeper.c}, mapped in both ways that JNA knows. */
interface Keeper extends Library {
  /** Mapped by an interface. */
  static Keeper load() {
    Holdfast.releaseFunction(); // the runtime, which keeper_init looks for
    Keeper keeper = Native.load("keeper", Keeper.class, Map.of());
    if (keeper.keeper_init() != 0) {
      throw new AssertionError("hf_init: " + keeper.keeper_init());
    }
    return keeper;
  }

  int keeper_init();

  int keeper_status();

  String keeper_type_error(String name);

  String keeper_read_error(Handle handle);

  Handle keeper_give(Handle handle);

  @Borrowed
  Handle keeper_lend(Handle handle);

  void keeper_keep(Handle handle);

  void keeper_drop();

  @Borrowed
  Handle keeper_kept();

  int keeper_find(HandleByReference out);

  void keeper_reverse(Handle[] handles, int n);

  int keeper_count(long bits);

  void keeper_release(long bits);

  void keeper_destroy(Pointer destroy, Pointer data);

  Pointer keeper_copy(Pointer copy, Pointer data);

  long keeper_text(Handle handle, byte[] buffer, long capacity);

  long keeper_text_elsewhere(Handle handle, byte[] buffer, long capacity);

  int keeper_equal(Handle a, Handle b);

  int keeper_hash(Handle handle);

  void keeper_swap(Pair pair);

  void keeper_look(Pair pair);

  void keeper_visit(Visitor visitor, long bits);

  int keeper_visit_elsewhere(Visitor visitor, long bits);

  @Borrowed
  Handle keeper_choose(Chooser chooser, Handle a, Handle b);

  Chooser keeper_second();

  int keeper_release_elsewhere(long bits);

  int keeper_hammer(long bits, int threads, int rounds);

  interface Visitor extends Callback {
    void visit(Handle handle);
  }

  interface Chooser extends Callback {
    Handle choose(Handle a, Handle b);
  }

  @FieldOrder({"tag", "first", "second"})
  class Pair extends Structure {
    public int tag;
    public Handle first;
    public Handle second;
  }

  /** A mapping that forgets to say {@link Borrowed}. */
  interface Mistaken extends Library {
    Handle keeper_lend(long bits);
  }

  /** Functions of the same library, mapped directly. */
  final class Direct {
    static {
      Native.register(Direct.class, NativeLibrary.getInstance("keeper"));
    }

    private Direct() {}

    static native Handle keeper_give(Handle handle);

    @Borrowed
    static native Handle keeper_lend(Handle handle);

    static native void keeper_visit(Visitor visitor, long bits);

    static native void keeper_keep(Handle handle);

    static native int keeper_find(HandleByReference out);

    static native void keeper_swap(Pair pair);
  }
}
