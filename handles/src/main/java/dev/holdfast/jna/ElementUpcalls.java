package dev.holdfast.jna;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.jna.Callback;
import com.sun.jna.Pointer;
import dev.holdfast.collect.Engine;
import java.util.List;

/** What C asks of Java about arrays, collections and new text; see {@link Upcalls}. */
final class ElementUpcalls {
  interface ReadRefs extends Callback {
    long read(long handle, long from, long n, long out);
  }

  interface ArrayLength extends Callback {
    long length(long handle);
  }

  interface ArrayCopy extends Callback {
    long copy(long handle, int kind, long from, long n, long memory);
  }

  interface StringNew extends Callback {
    long make(long bytes, long length, long status);
  }

  private final Engine engine;

  ElementUpcalls(Engine engine) {
    this.engine = engine;
  }

  List<Callback> inOrder() {
    return List.of(
        (ReadRefs) this::readRefs,
        (ArrayLength) handle -> Outcome.status(() -> engine.elements().length(handle)),
        (ArrayCopy) this::arrayRead,
        (ArrayCopy) this::arrayWrite,
        (StringNew) this::stringNew);
  }

  private long readRefs(long handle, long from, long n, long out) {
    return Outcome.status(
        () -> {
          long[] handles = engine.elements().retain(handle, from, (int) n);
          new Pointer(out).write(0, handles, 0, handles.length);
          return handles.length;
        });
  }

  private long arrayRead(long handle, int kind, long from, long n, long memory) {
    return Outcome.status(
        () -> Primitives.read(engine.resolve(handle), kind, from, (int) n, new Pointer(memory)));
  }

  private long arrayWrite(long handle, int kind, long from, long n, long memory) {
    return Outcome.status(
        () -> Primitives.write(engine.resolve(handle), kind, from, (int) n, new Pointer(memory)));
  }

  private long stringNew(long bytes, long length, long status) {
    return Outcome.value(
        status,
        () -> {
          byte[] utf8 = new Pointer(bytes).getByteArray(0, (int) length);
          return engine.give(new String(utf8, UTF_8));
        });
  }
}
