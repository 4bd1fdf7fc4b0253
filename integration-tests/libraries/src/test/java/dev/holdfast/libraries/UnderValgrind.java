package dev.holdfast.libraries;

import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs the tests of a class one after the other, without JUnit's machinery: for valgrind. */
final class UnderValgrind {
  private UnderValgrind() {}

  public static void main(String[] args) throws ReflectiveOperationException {
    Class<?> type = Class.forName(args[0]);
    for (Method test : type.getDeclaredMethods()) {
      if (test.isAnnotationPresent(Test.class)) {
        Constructor<?> made = type.getDeclaredConstructor();
        made.setAccessible(true);
        Object instance = made.newInstance();
        call(instance, BeforeEach.class);
        test.setAccessible(true);
        test.invoke(instance);
        call(instance, AfterEach.class);
        System.out.println(type.getSimpleName() + "." + test.getName());
      }
    }
  }

  private static void call(Object instance, Class<? extends Annotation> which)
      throws ReflectiveOperationException {
    for (Method method : instance.getClass().getDeclaredMethods()) {
      if (method.isAnnotationPresent(which)) {
        method.setAccessible(true);
        method.invoke(instance);
      }
    }
  }
}
