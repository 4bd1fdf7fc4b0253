/** Classes that {@code include} does not select. */
package dev.holdfast.endtoend.outside;
