package dev.holdfast.jna;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.jna.Callback;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import dev.holdfast.collect.Engine;
import dev.holdfast.stats.MisuseLog;
import dev.holdfast.table.Status;
import java.util.ArrayList;
import java.util.List;

/**
 * What C asks of Java: the functions of {@code struct hfi_upcalls}.
 *
 * <pre>
 *  0 u32 abi   4 u32 size   8 function pointers, 8 bytes each:
 *  retain_field, retain_path, field_utf8, string_utf8, type_find, java_equal, java_hash, misuse,
 *  set_fields, then those of {@link ElementUpcalls}, {@link BondUpcalls} and {@link CallUpcalls}
 * </pre>
 *
 * Each runs on the C thread that calls. A thread that the JVM does not know is attached as a daemon
 * named {@code holdfast-native} and stays attached until it ends: attaching costs 20-50 us, so it
 * is paid once. No exception gets out ({@link Outcome}).
 */
final class Upcalls {
  interface RetainField extends Callback {
    long retain(long owner, long field, long status);
  }

  interface RetainPath extends Callback {
    long retain(long owner, long steps, int n, long status);
  }

  interface FieldUtf8 extends Callback {
    long write(long owner, long field, long buffer, long capacity);
  }

  interface StringUtf8 extends Callback {
    long write(long handle, long buffer, long capacity);
  }

  interface TypeFind extends Callback {
    long find(long name);
  }

  interface JavaEqual extends Callback {
    long equal(long a, long b);
  }

  interface JavaHash extends Callback {
    long hash(long handle);
  }

  interface Misuse extends Callback {
    void report(int status, long handle, long message);
  }

  interface SetFields extends Callback {
    long set(long handle, long changes, int n);
  }

  /** {@code struct hfi_change}: u64 field, u64 bits. */
  private static final int CHANGE_BYTES = 16;

  /** {@code struct hf_step}: u64 field, u32 times, u32 reserved. */
  private static final int STEP_BYTES = 16;

  private static final int STEP_TIMES = 8;

  private static final int FIRST_SLOT = 8;

  private final Engine engine;

  // JNA holds callbacks weakly, and C holds only their trampolines: these fields keep them alive.
  private final List<Callback> callbacks = new ArrayList<>();

  /** C's {@code call_by_stub}, which is no callback of JNA's; 0 where there is none. */
  private final long callByStub;

  Upcalls(Engine engine) {
    this.engine = engine;
    callbacks.addAll(
        List.of(
            (RetainField) this::retainField,
            (RetainPath) this::retainPath,
            (FieldUtf8) this::fieldUtf8,
            (StringUtf8) this::stringUtf8,
            (TypeFind) this::typeFind,
            (JavaEqual) this::javaEqual,
            (JavaHash) this::javaHash,
            (Misuse) this::misuse,
            (SetFields) this::setFields));
    callbacks.addAll(new ElementUpcalls(engine).inOrder());
    callbacks.addAll(new BondUpcalls(engine).inOrder());
    CallUpcalls calls = new CallUpcalls(engine);
    callbacks.addAll(calls.inOrder());
    callByStub = ForeignStub.of(calls.call());
  }

  /** A new table; C copies it, so it is needed only until {@code hfi_attach} returns. */
  Pointer table() {
    int size = FIRST_SLOT + 8 * callbacks.size();
    Memory table = new Memory(size);
    table.setInt(0, Hfi.ABI);
    table.setInt(4, size);
    for (int i = 0; i < callbacks.size(); i++) {
      Pointer slot = table.share(FIRST_SLOT + 8L * i);
      if (callbacks.get(i) == null) {
        slot.setLong(0, callByStub);
      } else {
        Native.setCallbackThreadInitializer(callbacks.get(i), NativeThreads.DAEMON);
        Hfi.hfi_store64(slot, callbacks.get(i));
      }
    }
    return table;
  }

  private long retainField(long owner, long field, long status) {
    return Outcome.value(status, () -> engine.reads().retain(owner, field));
  }

  private long retainPath(long owner, long steps, int n, long status) {
    return Outcome.value(
        status,
        () -> {
          long[] fields = new long[n];
          int[] times = new int[n];
          for (int i = 0; i < n; i++) {
            Pointer step = new Pointer(steps + (long) i * STEP_BYTES);
            fields[i] = step.getLong(0);
            times[i] = step.getInt(STEP_TIMES);
          }
          return engine.reads().retainPath(owner, fields, times);
        });
  }

  private long setFields(long handle, long changes, int n) {
    return Outcome.status(
        () -> {
          long[] words = new Pointer(changes).getLongArray(0, n * CHANGE_BYTES / Long.BYTES);
          long[] fields = new long[n];
          long[] bits = new long[n];
          for (int i = 0; i < n; i++) {
            fields[i] = words[2 * i];
            bits[i] = words[2 * i + 1];
          }
          engine.write(handle, fields, bits);
        });
  }

  private long fieldUtf8(long owner, long field, long buffer, long capacity) {
    return Outcome.status(() -> Utf8.write(engine.reads().value(owner, field), buffer, capacity));
  }

  private long stringUtf8(long handle, long buffer, long capacity) {
    return Outcome.status(() -> Utf8.write(engine.resolve(handle), buffer, capacity));
  }

  private long typeFind(long name) {
    return Outcome.status(() -> engine.findType(new Pointer(name).getString(0, UTF_8.name())));
  }

  private long javaEqual(long a, long b) {
    return Outcome.status(() -> engine.resolve(a).equals(engine.resolve(b)) ? 1 : 0);
  }

  private long javaHash(long handle) {
    return Outcome.status(() -> engine.resolve(handle).hashCode() & 0xffff_ffffL);
  }

  /** The message begins with the status's name, and holds the handle and the values. */
  private void misuse(int status, long handle, long message) {
    Outcome.status(
        () -> {
          String name = Status.name(status);
          String line =
              message == 0
                  ? name + ": handle 0x" + Long.toHexString(handle)
                  : new Pointer(message).getString(0, UTF_8.name());
          MisuseLog.JVM.report(name, engine.recording().explain(line));
        });
  }
}
