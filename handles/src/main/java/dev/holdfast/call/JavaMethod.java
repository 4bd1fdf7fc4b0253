package dev.holdfast.call;

import java.lang.invoke.MethodHandle;

/**
 * A method that C may call.
 *
 * @param words the method on words, see {@link Words}
 * @param receiver what the object must be an instance of; null if there is none
 * @param bits C's {@code hf_method}
 */
record JavaMethod(MethodHandle words, Class<?> receiver, long bits) {}
