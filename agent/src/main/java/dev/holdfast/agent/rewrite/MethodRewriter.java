package dev.holdfast.agent.rewrite;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;

/**
 * Rewrites the methods of one class. Only straight-line code is added, so frames, branch targets,
 * line numbers and local variables stay as they are, and the greatest stack depth is raised by
 * hand.
 */
final class MethodRewriter {
  private final String owner;
  private final boolean cleanConstructors;
  private final AllocationSites sites;
  private final FieldWrites writes;
  private final CloneCalls clones;
  private final ConstructorReferences references;

  /**
   * @param owner internal name of the class
   * @param cleanConstructors whether its constructors and all above are clean, so that what they
   *     write to {@code this} needs no call
   */
  MethodRewriter(RewriteContext context, String owner, boolean cleanConstructors) {
    this.owner = owner;
    this.cleanConstructors = cleanConstructors;
    sites = new AllocationSites(context);
    writes = new FieldWrites(context);
    clones = new CloneCalls(context);
    references = new ConstructorReferences(context);
  }

  /**
   * Rewrites one method.
   *
   * @param adopting whether its allocation sites too
   */
  void rewrite(MethodNode method, boolean adopting) throws AnalyzerException {
    List<AllocationSites.Adoption> adoptions = new ArrayList<>();
    List<FieldInsnNode> written = new ArrayList<>();
    List<MethodInsnNode> cloned = new ArrayList<>();
    Frame<Tracked>[] frames = needsFrames(method) ? TrackingAnalyzer.frames(owner, method) : null;
    for (int i = 0; i < method.instructions.size(); i++) {
      AbstractInsnNode instruction = method.instructions.get(i);
      TrackedFrame frame = frames == null ? null : (TrackedFrame) frames[i];
      if (frames != null && frame == null) {
        continue; // never reached
      }
      if (writes.concerns(instruction)) {
        if (!isBeforeAdoption(method, frame)) {
          written.add((FieldInsnNode) instruction);
        }
      } else if (CloneCalls.concerns(instruction)) {
        cloned.add((MethodInsnNode) instruction);
      } else if (references.concerns(instruction)) {
        references.replaceBootstrap((InvokeDynamicInsnNode) instruction, owner);
      } else if (adopting) {
        AllocationSites.Adoption adoption = sites.adoptionAfter(instruction, frame);
        if (adoption != null) {
          adoptions.add(adoption);
        }
      }
    }
    insert(method, adoptions, written, cloned);
  }

  private void insert(
      MethodNode method,
      List<AllocationSites.Adoption> adoptions,
      List<FieldInsnNode> written,
      List<MethodInsnNode> cloned) {
    if (!written.isEmpty() || !cloned.isEmpty()) {
      method.maxStack += Math.max(FieldWrites.EXTRA_STACK, CloneCalls.EXTRA_STACK);
    }
    for (FieldInsnNode write : written) {
      writes.follow(method.instructions, write);
    }
    for (MethodInsnNode call : cloned) {
      clones.follow(method.instructions, call);
    }
    for (AllocationSites.Adoption adoption : adoptions) {
      adoption.insert(method);
    }
  }

  /** Where a write goes depends on its receiver only in constructors. */
  private boolean needsFrames(MethodNode method) {
    boolean inConstructor = method.name.equals("<init>");
    for (AbstractInsnNode instruction : method.instructions) {
      if (sites.concerns(instruction) || (inConstructor && writes.concerns(instruction))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the write is one that comes before the object can have been adopted: to an
   * uninitialised {@code this}, which cannot be passed to anybody, or to {@code this} in a clean
   * constructor.
   */
  private boolean isBeforeAdoption(MethodNode method, TrackedFrame frame) {
    if (!method.name.equals("<init>")) {
      return false;
    }
    Tracked receiver = frame.getStack(frame.getStackSize() - 2);
    return receiver.isUninitializedThis() || (cleanConstructors && receiver.isThis());
  }
}
