package dev.holdfast.layout;

/**
 * What one mirrored field is in native memory: its code in type descriptions and {@code hf_field}
 * values, its size and its C type. The codes are part of the binary interface ({@code HF_KIND_*} in
 * {@code holdfast.h}) and never change.
 */
public enum FieldKind {
  /** Java {@code boolean}, 0 or 1. */
  BOOLEAN(1, 1, "uint8_t"),
  BYTE(2, 1, "int8_t"),
  /** Java {@code char}, one UTF-16 unit. */
  CHAR(3, 2, "uint16_t"),
  SHORT(4, 2, "int16_t"),
  INT(5, 4, "int32_t"),
  LONG(6, 8, "int64_t"),
  FLOAT(7, 4, "float"),
  DOUBLE(8, 8, "double"),
  /** A reference whose static type is an enum: its ordinal, -1 for null. */
  ENUM(9, 4, "int32_t"),
  /** Any other reference: a borrowed handle, {@code HF_UNMIRRORED} or NULL. */
  REFERENCE(10, 8, "hf_ref");

  private final int code;
  private final int size;
  private final String cType;

  FieldKind(int code, int size, String cType) {
    this.code = code;
    this.size = size;
    this.cType = cType;
  }

  /**
   * The kind of a field with this JVM descriptor.
   *
   * @param descriptor as in the class file, for instance {@code I}, {@code [J} or {@code
   *     Ljava/lang/String;}
   * @param isEnum whether the class that the descriptor names bears {@code ACC_ENUM}; ignored for
   *     any other type
   * @throws IllegalArgumentException if it is not a field descriptor
   */
  public static FieldKind of(String descriptor, boolean isEnum) {
    FieldKind primitive =
        switch (descriptor) {
          case "Z" -> BOOLEAN;
          case "B" -> BYTE;
          case "C" -> CHAR;
          case "S" -> SHORT;
          case "I" -> INT;
          case "J" -> LONG;
          case "F" -> FLOAT;
          case "D" -> DOUBLE;
          default -> null;
        };
    if (primitive != null) {
      return primitive;
    }
    if (descriptor.startsWith("L") && descriptor.endsWith(";")) {
      return isEnum ? ENUM : REFERENCE;
    }
    if (descriptor.startsWith("[") && descriptor.length() > 1) {
      return REFERENCE;
    }
    throw new IllegalArgumentException("'" + descriptor + "': not a JVM field descriptor");
  }

  /** The number that stands for this kind in native memory, 1 to 10. */
  public int code() {
    return code;
  }

  /** Size in bytes, which is its alignment too. */
  public int size() {
    return size;
  }

  /** The type of the struct's member in a generated header. */
  public String cType() {
    return cType;
  }
}
