package dev.holdfast;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a parameter of a method that {@link Holdfast#load} binds: the C function keeps the reference.
 * One count is handed over with it, which C gives back by {@code hf_release} (or the destroy
 * function that it was told, {@link Holdfast#releaseFunction()}). Without it the object is lent: it
 * is counted for the length of the call.
 *
 * <p>For C functions that take the pointer as it is. One that calls {@code hf_retain} itself takes
 * a count of its own and needs no annotation.
 *
 * <p>On a parameter of a callback it is the same the other way round: C hands over a count, and
 * Java gives it back once the object has been looked up, or by the {@link Handle}. Without it C
 * lends the object.
 *
 * <p>A {@link Handle} that is passed so stays its owner's: C gets a count besides. Elements of an
 * array get a count each. If the call does not come about, because a parameter cannot be passed or
 * the function is missing, nothing is handed over.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Retained {}
