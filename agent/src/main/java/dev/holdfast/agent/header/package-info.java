/**
 * {@code java -jar holdfast.jar header}: writes the C structs of managed classes.
 *
 * <p>{@link dev.holdfast.agent.header.ClassPath} finds class files, {@link
 * dev.holdfast.agent.header.ClassFile} reads them, {@link dev.holdfast.agent.header.Hierarchies}
 * lays them out with {@link dev.holdfast.layout.LayoutPlan} (the runtime uses the same), {@link
 * dev.holdfast.agent.header.CNames} turns Java names into C ones and {@link
 * dev.holdfast.agent.header.CHeader} writes the text. No class is ever loaded, so the tool needs
 * neither the application's dependencies nor its Java version.
 */
package dev.holdfast.agent.header;
