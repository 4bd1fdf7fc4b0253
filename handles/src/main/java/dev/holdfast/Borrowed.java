package dev.holdfast;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a JNA method that returns a {@link Handle}: the C function lends the handle and keeps its
 * count. Without it the result is owned: C hands over one count, and {@link Handle#close()} gives
 * it back.
 *
 * <p>A borrowed handle is good for as long as C keeps its count. To hold on to the object, take it
 * with {@link Handle#get()}, or a handle of your own with {@link Holdfast#handle(Object)}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Borrowed {}
