package dev.holdfast;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says for one class whether its objects get mirrors, within what the agent's {@code include}
 * selects: outside of it the annotation does nothing, so a library may carry it and leave the
 * choice to the application.
 *
 * <p>It is not inherited, but a subclass of a class with mirrors always has them.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Mirrored {
  /** False leaves the class out although {@code include} selects it. */
  boolean value() default true;
}
