package dev.holdfast.hook;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.LambdaConversionException;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;

/**
 * Links {@code C::new} in rewritten classes: the JDK makes the lambda as it always does, and one
 * that adopts what it returns is put in front of it. Called by way of the entry class in {@code
 * java.lang}.
 */
public final class ConstructorReference {
  private ConstructorReference() {}

  /**
   * A bootstrap method like {@link LambdaMetafactory#metafactory}, which gets one more argument.
   *
   * @param wrapper the bytes, one in each character, of a class that implements the functional
   *     interface and whose only constructor takes the lambda to stand in front of
   */
  public static CallSite constructorReference(
      MethodHandles.Lookup caller,
      String name,
      MethodType factory,
      MethodType erased,
      MethodHandle constructor,
      MethodType exact,
      String wrapper)
      throws LambdaConversionException {
    CallSite plain =
        LambdaMetafactory.metafactory(caller, name, factory, erased, constructor, exact);
    try {
      return new ConstantCallSite(wrap(caller, plain.getTarget(), wrapper));
    } catch (Throwable unmade) {
      // the objects are adopted later
      return plain;
    }
  }

  private static MethodHandle wrap(MethodHandles.Lookup caller, MethodHandle lambda, String wrapper)
      throws Throwable {
    byte[] bytes = wrapper.getBytes(StandardCharsets.ISO_8859_1);
    MethodHandles.Lookup hidden =
        caller.defineHiddenClass(bytes, false, MethodHandles.Lookup.ClassOption.NESTMATE);
    Class<?> functional = lambda.type().returnType();
    MethodHandle wrapping =
        hidden
            .findConstructor(hidden.lookupClass(), MethodType.methodType(void.class, functional))
            .asType(MethodType.methodType(functional, functional));
    if (lambda.type().parameterCount() > 0) {
      return MethodHandles.filterReturnValue(lambda, wrapping);
    }
    // A lambda without captured values is one object, made when the site is linked.
    Object made = wrapping.invoke(lambda.invoke());
    return MethodHandles.constant(functional, made);
  }
}
