package dev.holdfast;

import com.sun.jna.Callback;
import com.sun.jna.Function;
import com.sun.jna.Pointer;
import com.sun.jna.TypeMapper;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;

/**
 * A function pointer of C's as a callback that Java calls, where the callback names objects.
 *
 * @param method the callback interface's one method
 */
record CFunction(Pointer pointer, Method method, InvocationHandler call)
    implements InvocationHandler {
  /** The callback for a function pointer. */
  static Object of(Pointer pointer, Class<?> type, TypeMapper mapper) {
    Class<?> callback = FunctionShape.callbackInterface(type);
    Method method = FunctionShape.methodOf(callback);
    MethodBinding binding = new MethodBinding(method, mapper);
    CFunction handler =
        new CFunction(pointer, method, binding.to(Function.getFunction(pointer), Map.of()));
    return Proxy.newProxyInstance(callback.getClassLoader(), new Class<?>[] {callback}, handler);
  }

  /** The function pointer for a callback: of C's function if it is one, else a trampoline. */
  static Pointer pointer(Callback callback, Class<?> type) {
    CFunction function = behind(callback);
    return function != null
        ? function.pointer
        : Trampoline.lent(callback, FunctionShape.callbackInterface(type));
  }

  private static CFunction behind(Object callback) {
    return callback != null
            && Proxy.isProxyClass(callback.getClass())
            && Proxy.getInvocationHandler(callback) instanceof CFunction function
        ? function
        : null;
  }

  @Override
  public Object invoke(Object proxy, Method called, Object[] args) throws Throwable {
    if (called.equals(method)) {
      return call.invoke(proxy, called, args);
    }
    if (called.isDefault()) {
      return callDefault(proxy, called, args);
    }
    return switch (called.getName()) {
      case "equals" -> behind(args[0]) != null && pointer.equals(behind(args[0]).pointer);
      case "hashCode" -> pointer.hashCode();
      default -> method.getDeclaringClass().getSimpleName() + " at " + pointer;
    };
  }

  /** Its interface need not be public. */
  private static Object callDefault(Object proxy, Method called, Object[] args) throws Throwable {
    Class<?> type = called.getDeclaringClass();
    MethodHandle body;
    try {
      body =
          MethodHandles.privateLookupIn(type, MethodHandles.lookup())
              .unreflectSpecial(called, type);
    } catch (IllegalAccessException e) {
      return InvocationHandler.invokeDefault(proxy, called, args); // its module may export it
    }
    return body.bindTo(proxy).invokeWithArguments(args == null ? new Object[0] : args);
  }
}
