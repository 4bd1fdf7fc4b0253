package dev.holdfast.jna;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.jna.Callback;
import com.sun.jna.Pointer;
import dev.holdfast.call.Classes;
import dev.holdfast.call.Methods;
import dev.holdfast.collect.Engine;
import dev.holdfast.table.HandleException;
import dev.holdfast.table.Status;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.List;

/**
 * The part of {@link Upcalls} with which C calls Java's methods. No exception gets out: what a
 * method throws is counted and written into {@code struct hfi_outcome}, with its text.
 *
 * <pre>
 *  0 i32 status   8 u64 exception   16 char words[448]
 * </pre>
 */
final class CallUpcalls {
  interface ClassFind extends Callback {
    long find(long name);
  }

  interface ClassOf extends Callback {
    long of(long handle);
  }

  interface ClassName extends Callback {
    long write(int number, long buffer, long capacity);
  }

  interface ClassTest extends Callback {
    long test(long handle, int number);
  }

  interface MethodFind extends Callback {
    long find(int type, long name, long descriptor, long words, long capacity);
  }

  interface Call extends Callback {
    long call(long handle, long method, long a, long b, long c, long d, long more, long outcome);
  }

  interface ThrowableNew extends Callback {
    long make(int type, long message, long outcome);
  }

  private static final int OUTCOME_EXCEPTION = 8;
  private static final int OUTCOME_WORDS = 16;
  private static final int OUTCOME_WORDS_BYTES = 448;
  private static final int IN_LINE = 4;
  private static final long[] NONE = {};

  private final Engine engine;
  private final Classes classes;
  private final Methods methods;

  CallUpcalls(Engine engine) {
    this.engine = engine;
    this.classes = new Classes(engine);
    this.methods = new Methods(engine, classes);
  }

  /** In the order of C's table; the place of {@code call_by_stub}, behind {@code call}, is null. */
  List<Callback> inOrder() {
    return Arrays.asList(
        (ClassFind) name -> Outcome.status(() -> classes.find(text(name))),
        (ClassOf) handle -> Outcome.status(() -> classes.of(handle)),
        (ClassName)
            (number, buffer, capacity) ->
                Outcome.status(() -> Utf8.write(classes.name(number), buffer, capacity)),
        (ClassTest)
            (handle, number) -> Outcome.status(() -> classes.isInstance(handle, number) ? 1 : 0),
        (MethodFind) this::methodFind,
        (Call) this::call,
        null,
        (ThrowableNew) this::throwableNew);
  }

  /** {@code call}, for a stub of another make. */
  MethodHandle call() {
    try {
      return MethodHandles.lookup()
          .bind(
              this,
              "call",
              MethodType.methodType(
                  long.class,
                  long.class,
                  long.class,
                  long.class,
                  long.class,
                  long.class,
                  long.class,
                  long.class,
                  long.class));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private static String text(long address) {
    return new Pointer(address).getString(0, UTF_8.name());
  }

  private long methodFind(int type, long name, long descriptor, long words, long capacity) {
    try {
      return Outcome.crossed(methods.find(type, text(name), text(descriptor)));
    } catch (Throwable t) {
      Utf8.write(String.valueOf(t.getMessage()), words, capacity);
      return Outcome.crossed(Outcome.of(t));
    }
  }

  private long call(
      long handle, long method, long a, long b, long c, long d, long more, long outcome) {
    try {
      long[] rest =
          more == 0 ? NONE : new Pointer(more).getLongArray(0, Methods.arguments(method) - IN_LINE);
      long value = methods.call(handle, method, a, b, c, d, rest);
      engine.memory().putInt(outcome, Status.OK); // until here it is HF_EJAVA
      return value;
    } catch (Throwable t) {
      tell(t, outcome);
      return 0;
    }
  }

  private long throwableNew(int type, long message, long outcome) {
    try {
      Throwable made = methods.throwable(type, message == 0 ? null : text(message));
      long handle = engine.give(made);
      engine.memory().putInt(outcome, Status.OK);
      write(made.toString(), outcome);
      return handle;
    } catch (Throwable t) {
      tell(t, outcome);
      return 0;
    }
  }

  /** Never throws, whatever happens on the way: the status is written first. */
  private void tell(Throwable thrown, long outcome) {
    try {
      boolean ours = thrown instanceof HandleException;
      new Pointer(outcome).setInt(0, ours ? ((HandleException) thrown).status() : Status.EJAVA);
      if (!ours) {
        new Pointer(outcome).setLong(OUTCOME_EXCEPTION, engine.give(thrown));
      }
      write(ours ? thrown.getMessage() : thrown.toString(), outcome);
    } catch (Throwable again) { // its toString() throws, or the stack is at its end
      return;
    }
  }

  private static void write(String words, long outcome) {
    Utf8.write(String.valueOf(words), outcome + OUTCOME_WORDS, OUTCOME_WORDS_BYTES - 1L);
    new Pointer(outcome).setByte(OUTCOME_WORDS + OUTCOME_WORDS_BYTES - 1L, (byte) 0);
  }
}
