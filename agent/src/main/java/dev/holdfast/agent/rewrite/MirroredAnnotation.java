package dev.holdfast.agent.rewrite;

import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Opcodes;

/** The annotation {@code @Mirrored(false)}, by which a class leaves itself out of a selection. */
final class MirroredAnnotation {
  static final String DESCRIPTOR = "Ldev/holdfast/Mirrored;";

  private MirroredAnnotation() {}

  /** Whether the class opts out. Asked only of those that mention the {@link #DESCRIPTOR}. */
  static boolean optsOut(byte[] classFile) {
    Reading reading = new Reading();
    new ClassReader(classFile)
        .accept(reading, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return reading.optsOut;
  }

  private static final class Reading extends ClassVisitor {
    boolean optsOut;

    Reading() {
      super(Opcodes.ASM9);
    }

    @Override
    public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
      if (!descriptor.equals(DESCRIPTOR)) {
        return null;
      }
      return new AnnotationVisitor(Opcodes.ASM9) {
        @Override
        public void visit(String name, Object value) {
          optsOut |= name.equals("value") && Boolean.FALSE.equals(value);
        }
      };
    }
  }
}
