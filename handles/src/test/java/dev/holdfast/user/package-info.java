/** Programs of somebody else's: they see of Holdfast what is public. */
package dev.holdfast.user;
