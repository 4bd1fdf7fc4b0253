/**
 * Programs that no one here wrote, with all their own classes managed: what they write, on the
 * standard streams and into files, must be the same as without the agent. The pom fetches them.
 */
package dev.holdfast.endtoend.programs;
