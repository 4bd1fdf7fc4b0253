/**
 * Class files as bytes: read in place, methods followed by data flow, and code added to them.
 *
 * <p>ASM would do all of this, and did. But a program that manages all its classes has every one of
 * them pass through here, in its first seconds, and what that costs most is not the work: it is the
 * JVM's compiling of the code that does it. ASM's reader is one method of thousands of bytes with a
 * loop around it, which was compiled three times over, and with what it calls took more of the
 * processor than the rewriting itself. So the few things that are needed are done here, in small
 * methods and without an object for each instruction; the one rare thing that is not simple, a
 * branch that becomes too far for its instruction, is left to ASM.
 *
 * <p>Nothing here knows what is rewritten or why.
 */
package dev.holdfast.agent.classfile;
