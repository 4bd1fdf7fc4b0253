package dev.holdfast.agent;

import dev.holdfast.agent.rewrite.LayoutKeys;
import dev.holdfast.layout.ClassShape;
import dev.holdfast.layout.Layouts;

/** The runtime, as the rewriting sees it. */
final class RuntimeKeys implements LayoutKeys {
  @Override
  public int siteKey(ClassLoader loader, String made, String in, String method, int line) {
    return Layouts.siteKey(loader, made, in, method, line);
  }

  @Override
  public int fieldKey(ClassLoader loader, String ownerBinaryName, String name, String descriptor) {
    return Layouts.fieldKey(loader, ownerBinaryName, name, descriptor);
  }

  @Override
  public void record(ClassLoader loader, ClassShape shape) {
    Layouts.record(loader, shape);
  }

  @Override
  public void leftAlone(ClassLoader loader, String binaryName, String reason) {
    Layouts.leftAlone(loader, binaryName, reason);
  }
}
