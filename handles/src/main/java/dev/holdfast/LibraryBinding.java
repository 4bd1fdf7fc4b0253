package dev.holdfast;

import com.sun.jna.Function;
import com.sun.jna.FunctionMapper;
import com.sun.jna.InvocationMapper;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.TypeMapper;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An interface's methods bound to a C library: through a {@link MethodBinding}, so that they may
 * name objects and throw what C throws. JNA's own handler but for that, with the options that JNA
 * would be given: so it shares the library with JNA's users, and a library that JNA extracts from a
 * jar is there once.
 */
final class LibraryBinding extends Library.Handler {
  private final Map<String, ?> options;
  private final Map<Method, MethodBinding> bindings; // not changed any more
  private final Map<Method, InvocationHandler> calls = new ConcurrentHashMap<>();

  private LibraryBinding(
      String name, Class<?> type, Map<String, ?> options, Map<Method, MethodBinding> bindings) {
    super(name, type, options);
    this.options = options;
    this.bindings = bindings;
  }

  static <T extends Library> T load(String name, Class<T> type, Map<String, ?> options) {
    Map<Method, MethodBinding> bindings = bindings(type, options);
    Native.load(name, type, options); // JNA notes the options, for structures in the interface
    LibraryBinding binding = new LibraryBinding(name, type, new HashMap<>(options), bindings);
    ResidentLibraries.add(binding.getNativeLibrary());
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, binding));
  }

  private static Map<Method, MethodBinding> bindings(Class<?> type, Map<String, ?> options) {
    TypeMapper mapper = (TypeMapper) options.get(Library.OPTION_TYPE_MAPPER);
    Map<Method, MethodBinding> bindings = new HashMap<>();
    for (Method method : type.getMethods()) {
      if (Modifier.isAbstract(method.getModifiers())) {
        bindings.put(method, new MethodBinding(method, mapper));
      }
    }
    return bindings;
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
    InvocationHandler call = calls.get(method);
    if (call == null) {
      call = find(method);
      calls.put(method, call);
    }
    return call.invoke(proxy, method, args);
  }

  private InvocationHandler find(Method method) {
    MethodBinding binding = bindings.get(method);
    InvocationMapper other = (InvocationMapper) options.get(Library.OPTION_INVOCATION_MAPPER);
    if (binding == null
        || (other != null && other.getInvocationHandler(getNativeLibrary(), method) != null)) {
      return super::invoke;
    }
    Function function =
        getNativeLibrary().getFunction(nameOf(method), MethodBinding.callFlags(method, options));
    return binding.to(function, options);
  }

  /** By a mapper, or an option of the method's name, as in JNA. */
  private String nameOf(Method method) {
    String name = method.getName();
    FunctionMapper names = (FunctionMapper) options.get(Library.OPTION_FUNCTION_MAPPER);
    Object other =
        names == null ? options.get(name) : names.getFunctionName(getNativeLibrary(), method);
    return other instanceof String text ? text : name;
  }
}
