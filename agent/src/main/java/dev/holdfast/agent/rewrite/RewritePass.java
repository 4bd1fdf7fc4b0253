package dev.holdfast.agent.rewrite;

import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;

/**
 * One way through a class file: methods that need no change are copied as they stand, the others
 * become trees, are rewritten, and are written anew.
 */
final class RewritePass {
  private final RewriteContext context;
  private final ClassReader reader;
  private final MethodRewriter methods;

  RewritePass(RewriteContext context, ClassReader reader, boolean cleanConstructors) {
    this.context = context;
    this.reader = reader;
    methods = new MethodRewriter(context, reader.getClassName(), cleanConstructors);
  }

  /** Names with descriptors of the methods that contain something to rewrite. */
  Set<String> methodsConcerned() {
    Set<String> concerned = new HashSet<>();
    reader.accept(new Search(concerned), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return concerned;
  }

  /**
   * Writes the class.
   *
   * @param concerned what {@link #methodsConcerned} found
   * @param withoutSites those of them whose allocation sites are left alone
   * @param hiddenFields whether the class gets hidden fields
   * @throws org.objectweb.asm.MethodTooLargeException if a method would pass 64 KB
   */
  byte[] write(Set<String> concerned, Set<String> withoutSites, boolean hiddenFields) {
    ClassWriter writer = new ClassWriter(reader, 0);
    reader.accept(
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] exceptions) {
            if (!concerned.contains(name + descriptor)) {
              return super.visitMethod(access, name, descriptor, signature, exceptions);
            }
            boolean adopting = !withoutSites.contains(name + descriptor);
            return new MethodNode(Opcodes.ASM9, access, name, descriptor, signature, exceptions) {
              @Override
              public void visitEnd() {
                rewrite(this, adopting);
                accept(writer);
              }
            };
          }

          @Override
          public void visitEnd() {
            if (hiddenFields) {
              HiddenFields.addTo(writer);
            }
            super.visitEnd();
          }
        },
        0);
    return writer.toByteArray();
  }

  private void rewrite(MethodNode method, boolean adopting) {
    try {
      methods.rewrite(method, adopting);
    } catch (AnalyzerException e) {
      throw new IllegalArgumentException(
          "its method " + method.name + method.desc + " cannot be followed: " + e.getMessage(), e);
    }
  }

  private final class Search extends ClassVisitor {
    private final Set<String> concerned;
    private final AllocationSites sites = new AllocationSites(context);
    private final FieldWrites writes = new FieldWrites(context);
    private final ConstructorReferences references = new ConstructorReferences(context);

    Search(Set<String> concerned) {
      super(Opcodes.ASM9);
      this.concerned = concerned;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String method, String descriptor, String signature, String[] exceptions) {
      return new MethodVisitor(Opcodes.ASM9) {
        private void found(boolean concerns) {
          if (concerns) {
            concerned.add(method + descriptor);
          }
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
          found(sites.concerns(opcode, type));
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String type) {
          found(writes.concerns(opcode, owner, name, type));
        }

        @Override
        public void visitMethodInsn(
            int opcode, String owner, String name, String type, boolean isInterface) {
          found(CloneCalls.concerns(opcode, owner, name, type));
        }

        @Override
        public void visitInvokeDynamicInsn(
            String name, String type, Handle bootstrap, Object... arguments) {
          found(references.concerns(bootstrap, arguments));
        }
      };
    }
  }
}
