/** Programs that run under the packaged agent, each in a JVM of its own. */
package dev.holdfast.endtoend;
