/** Races of the protocols, provoked. */
package dev.holdfast.stress;
