package dev.holdfast;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a method whose result is not given away: the count stays where it is.
 *
 * <ul>
 *   <li>On a JNA method that returns a {@link Handle}: the C function lends the handle and keeps
 *       its count. Without it the result is owned: C hands over one count, and {@link
 *       Handle#close()} gives it back. A borrowed handle is good for as long as C keeps its count.
 *       To hold on to the object, take it with {@link Handle#get()}, or a handle of your own with
 *       {@link Holdfast#handle(Object)}.
 *   <li>On a method that {@link Holdfast#load} binds and that returns an object: likewise. Without
 *       it the count that C hands over is given back once the object has been looked up.
 *   <li>On a callback's method that returns an object: Java lends it, and somebody else must count
 *       it for as long as C uses it. Without it C gets a count, and gives it back.
 * </ul>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Borrowed {}
