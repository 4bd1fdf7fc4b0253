/** What the test programs check with, in the forked JVMs. Never selected, so never mirrored. */
package dev.holdfast.endtoend.support;
