package dev.holdfast.jna;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.jna.Callback;
import com.sun.jna.CallbackThreadInitializer;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import dev.holdfast.collect.Engine;
import dev.holdfast.stats.Log;
import dev.holdfast.stats.MisuseLog;
import dev.holdfast.table.HandleException;
import dev.holdfast.table.Status;

/**
 * What C asks of Java: the functions of {@code struct hfi_upcalls}.
 *
 * <pre>
 *  0 u32 abi   4 u32 size   8 function pointers, 8 bytes each:
 *  retain_field, retain_path, field_utf8, string_utf8, type_find, java_equal, java_hash, misuse
 * </pre>
 *
 * Each runs on the C thread that calls. A thread that the JVM does not know is attached as a daemon
 * named {@code holdfast-native} and stays attached until it ends: attaching costs 20-50 us, so it
 * is paid once. No exception gets out: it becomes a status, and what is not a {@link
 * HandleException} becomes {@code HF_EJAVA} and a log line.
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
    int find(long name);
  }

  interface JavaEqual extends Callback {
    int equal(long a, long b);
  }

  interface JavaHash extends Callback {
    int hash(long handle);
  }

  interface Misuse extends Callback {
    void report(int status, long handle, long message);
  }

  /** {@code struct hf_step}: u64 field, u32 times, u32 reserved. */
  private static final int STEP_BYTES = 16;

  private static final int STEP_TIMES = 8;

  private static final int FIRST_SLOT = 8;

  private static final CallbackThreadInitializer DAEMON =
      new CallbackThreadInitializer(true, false, "holdfast-native");

  /** The body of an upcall that answers with a number. */
  private interface Body {
    long run();
  }

  private final Engine engine;

  // JNA holds callbacks weakly, and C holds only their trampolines: these fields keep them alive.
  private final Callback[] callbacks;

  Upcalls(Engine engine) {
    this.engine = engine;
    this.callbacks =
        new Callback[] {
          (RetainField) this::retainField,
          (RetainPath) this::retainPath,
          (FieldUtf8) this::fieldUtf8,
          (StringUtf8) this::stringUtf8,
          (TypeFind) this::typeFind,
          (JavaEqual) this::javaEqual,
          (JavaHash) this::javaHash,
          (Misuse) Upcalls::misuse,
        };
  }

  /** A new table; C copies it, so it is needed only until {@code hfi_attach} returns. */
  Pointer table() {
    int size = FIRST_SLOT + 8 * callbacks.length;
    Memory table = new Memory(size);
    table.setInt(0, Hfi.ABI);
    table.setInt(4, size);
    for (int i = 0; i < callbacks.length; i++) {
      Native.setCallbackThreadInitializer(callbacks[i], DAEMON);
      Hfi.hfi_store64(table.share(FIRST_SLOT + 8L * i), callbacks[i]);
    }
    return table;
  }

  private long retainField(long owner, long field, long status) {
    return handle(status, () -> engine.retainField(owner, field));
  }

  private long retainPath(long owner, long steps, int n, long status) {
    return handle(
        status,
        () -> {
          long[] fields = new long[n];
          int[] times = new int[n];
          for (int i = 0; i < n; i++) {
            Pointer step = new Pointer(steps + (long) i * STEP_BYTES);
            fields[i] = step.getLong(0);
            times[i] = step.getInt(STEP_TIMES);
          }
          return engine.retainPath(owner, fields, times);
        });
  }

  private long fieldUtf8(long owner, long field, long buffer, long capacity) {
    return status(() -> Utf8.write(engine.fieldValue(owner, field), buffer, capacity));
  }

  private long stringUtf8(long handle, long buffer, long capacity) {
    return status(() -> Utf8.write(engine.resolve(handle), buffer, capacity));
  }

  private int typeFind(long name) {
    return (int) status(() -> engine.findType(new Pointer(name).getString(0, UTF_8.name())));
  }

  private int javaEqual(long a, long b) {
    return (int) status(() -> engine.resolve(a).equals(engine.resolve(b)) ? 1 : 0);
  }

  /** 0 for an error: no hash is left to say it with. */
  private int javaHash(long handle) {
    long hash = status(() -> engine.resolve(handle).hashCode() & 0xffff_ffffL);
    return hash < 0 ? 0 : (int) hash;
  }

  /** The message begins with the status's name, and holds the handle and the values. */
  private static void misuse(int status, long handle, long message) {
    status(
        () -> {
          String name = Status.name(status);
          String line =
              message == 0
                  ? name + ": handle 0x" + Long.toHexString(handle)
                  : new Pointer(message).getString(0, UTF_8.name());
          MisuseLog.JVM.report(name, line);
          return 0;
        });
  }

  /** Answers with the body's handle, or with 0 and why in {@code *status}. */
  private static long handle(long status, Body body) {
    long handle = 0;
    int outcome = Status.OK;
    try {
      handle = body.run();
    } catch (Throwable t) {
      outcome = statusOf(t);
    }
    new Pointer(status).setInt(0, outcome);
    return handle;
  }

  /** Answers with what the body gives, or with the status of what it throws. */
  private static long status(Body body) {
    try {
      return body.run();
    } catch (Throwable t) {
      return statusOf(t);
    }
  }

  private static int statusOf(Throwable t) {
    if (t instanceof HandleException e) {
      return e.status();
    }
    Log.warn("Java threw into a call from C: " + t);
    return Status.EJAVA;
  }
}
