package dev.holdfast;

import com.sun.jna.Callback;
import com.sun.jna.CallbackProxy;
import com.sun.jna.CallbackReference;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import dev.holdfast.jna.NativeThreads;
import dev.holdfast.stats.Log;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The machine code that C calls to reach a Java method that names objects, with JNA's structure for
 * it. It leads to a {@link Closure}, or to a callback object that was passed as JNA passes its own:
 * C may call that for as long as Java keeps it.
 *
 * <p>C may still stand in that code, behind the Java method that it has called, when the closure
 * dies: nothing tells when it has left. And JNA, which keeps what it makes for such a callback for
 * ever, would not free it. So it waits in a pool of its interface for the next closure or callback
 * object: as many exist as lived at the same time. It keeps neither its interface nor its target.
 *
 * <p>The closure refers to its trampoline, and is itself kept by its context's count alone. Its
 * cleaner puts the trampoline into the pool, when no call runs in the closure any more (a running
 * call refers to it); a dead callback object's trampoline goes there before the next callback
 * object asks. {@code target} is written by the one thread that has taken the trampoline from the
 * pool, before C learns the address, and read by each call.
 */
final class Trampoline implements CallbackProxy {
  /** In the interface's class, so that a pool keeps no class loader. */
  private static final ClassValue<Pool> POOLS =
      new ClassValue<>() {
        @Override
        protected Pool computeValue(Class<?> type) {
          return new Pool(new CallbackBinding(type, null), new ConcurrentLinkedQueue<>());
        }
      };

  private record Pool(CallbackBinding binding, Queue<Trampoline> free) {}

  private static final CallbackTable<Trampoline> LENT = new CallbackTable<>(Trampoline::retire);

  /** Kept by the interface's pool, and so by each target. */
  private final WeakReference<CallbackBinding> binding;

  private final Class<?>[] nativeTypes;
  private final Class<?> nativeResult;
  private final String name;
  private final Pointer pointer;

  /** A closure or a callback object. */
  private volatile WeakReference<?> target = new WeakReference<>(null);

  private Trampoline(CallbackBinding binding) {
    this.binding = new WeakReference<>(binding);
    this.nativeTypes = binding.nativeTypes();
    this.nativeResult = binding.nativeResult();
    this.name = binding.type().getSimpleName();
    Native.setCallbackThreadInitializer(this, NativeThreads.DAEMON);
    this.pointer = CallbackReference.getFunctionPointer(this);
  }

  /** One that leads nowhere yet. */
  static Trampoline take(Class<?> type) {
    Pool pool = POOLS.get(type);
    Trampoline free = pool.free.poll();
    return free != null ? free : new Trampoline(pool.binding);
  }

  /** The function of a callback object as the implementation of an interface: always the same. */
  static Pointer lent(Callback callback, Class<?> type) {
    return LENT.of(
            callback,
            type,
            () -> {
              Trampoline trampoline = take(type);
              trampoline.target = new WeakReference<>(callback);
              return trampoline;
            })
        .pointer;
  }

  /** How many of an interface wait for a closure. */
  static int waiting(Class<?> type) {
    return POOLS.get(type).free.size();
  }

  /** Leads to this closure from now on, until it dies. */
  void lead(Closure closure) {
    target = new WeakReference<>(closure);
    // The action must not refer to the closure, or it would never be unreachable.
    Handle.Net.CLEANER.register(closure, this::retire);
  }

  private void retire() {
    CallbackBinding shared = binding.get();
    if (shared != null) {
      POOLS.get(shared.type()).free.add(this);
    }
  }

  Pointer pointer() {
    return pointer;
  }

  @Override
  public Class<?>[] getParameterTypes() {
    return nativeTypes.clone();
  }

  @Override
  public Class<?> getReturnType() {
    return nativeResult;
  }

  @Override
  public Object callback(Object[] args) {
    Object living = target.get();
    CallbackBinding shared = binding.get();
    if (living == null || shared == null) {
      Log.warn(this + " was called after its context had been given back, or its object forgotten");
      return null;
    }
    try {
      Object listener = living instanceof Closure closure ? closure.listener() : living;
      Callback known = listener instanceof Callback own ? own : this;
      return shared.call(known, listener, args);
    } finally {
      Reference.reachabilityFence(living);
    }
  }

  @Override
  public String toString() {
    return name + " at 0x" + Long.toHexString(Pointer.nativeValue(pointer));
  }
}
