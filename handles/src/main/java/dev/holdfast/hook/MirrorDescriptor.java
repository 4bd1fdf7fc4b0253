package dev.holdfast.hook;

/** The 8-byte header of every mirror: {@code uint32 type_id}, {@code uint32 flags}. */
public final class MirrorDescriptor {
  public static final int TYPE_ID = 0;
  public static final int FLAGS = 4;
  public static final int HEADER = 8;

  /** Flag: the fields have been copied; the mirror may be shown to C. */
  public static final int READY = 1;

  private MirrorDescriptor() {}
}
