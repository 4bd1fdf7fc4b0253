package dev.holdfast.agent.classfile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A class file and what is to be added to it. What is not touched is copied as it stands.
 *
 * <pre>
 *   magic, version | pool, added entries | access .. interfaces | fields, added ones
 *   | methods: as they were, or written anew | attributes
 * </pre>
 */
public final class ClassPatch {
  /** Newer class files may have what is not known here. */
  public static final int NEWEST = 70;

  // Not ASM's constants: the compiler would name its class in ours, though nothing uses it.
  private static final int ACC_SYNTHETIC = 0x1000;
  private static final int ACC_SYNTHETIC_SINCE = 49;
  private static final String BOOTSTRAPS = "BootstrapMethods";
  private static final int VERSION_END = 8;
  private static final int POOL = 10;
  private static final int MOST_FIELDS = 0xffff;

  /** A field to add. */
  record Field(int access, String name, String descriptor) {}

  private final ClassBytes file;
  private final ConstantPool pool;
  private final ConstantAdditions constants;
  private final Map<Member, MethodEdits> edits = new HashMap<>();
  private final List<Field> fields = new ArrayList<>();
  private final Bytes bootstraps = new Bytes(64);
  private int bootstrapCount;
  private byte[] bytes;

  public ClassPatch(ClassBytes file) {
    this.file = file;
    pool = file.pool();
    bytes = pool.bytes();
    constants = new ConstantAdditions(pool);
    if (pool.majorVersion() > NEWEST) {
      throw new IllegalArgumentException(
          "its class file has version "
              + pool.majorVersion()
              + " (the newest known is "
              + NEWEST
              + ")");
    }
  }

  public boolean isEmpty() {
    return edits.isEmpty() && fields.isEmpty() && bootstrapCount == 0;
  }

  public void addField(int access, String name, String descriptor) {
    fields.add(new Field(access, name, descriptor));
  }

  public void edit(MethodEdits method) {
    edits.put(method.method(), method);
  }

  /**
   * Gives a call site another bootstrap method.
   *
   * @param method where the call site is
   * @param pc the offset of the {@code INVOKEDYNAMIC}
   * @param bootstrap the static method
   * @param arguments entries of the pool
   * @param last a string, the last argument
   */
  public void redirect(
      Member method, int pc, Snippet.Call bootstrap, int[] arguments, String last) {
    bootstraps.u2(constants.handle(bootstrap));
    bootstraps.u2(arguments.length + 1);
    for (int argument : arguments) {
      bootstraps.u2(argument);
    }
    bootstraps.u2(constants.string(last));
    int number = pool.u2(file.attribute(BOOTSTRAPS)) + bootstrapCount++;
    int site = constants.callSite(number, pool.nameAndTypeEntry(method.entry(pc)));
    if (bytes == pool.bytes()) {
      bytes = bytes.clone();
    }
    bytes[method.code() + pc + 1] = (byte) (site >> 8);
    bytes[method.code() + pc + 2] = (byte) site;
  }

  /**
   * Writes the class file.
   *
   * @throws IllegalArgumentException if a method would be too long, or the pool have too many
   *     entries; the message says which and the limit
   */
  public byte[] write() {
    try {
      return assemble();
    } catch (CodeWriter.BranchTooFar e) {
      return FarBranches.write(file, fields, edits);
    }
  }

  private byte[] assemble() throws CodeWriter.BranchTooFar {
    Bytes members = new Bytes(bytes.length + 1024);
    members.copy(bytes, pool.end(), file.fieldsAt());
    writeFields(members);
    writeMethods(members);
    writeAttributes(members);

    Bytes out = new Bytes(POOL + constants.bytes().length() + pool.end() + members.length());
    out.copy(bytes, 0, VERSION_END);
    out.u2(constants.size());
    out.copy(bytes, POOL, pool.end());
    out.copy(constants.bytes());
    out.copy(members);
    return out.toArray();
  }

  private void writeFields(Bytes out) {
    int start = file.fieldsAt();
    int count = pool.u2(start) + fields.size();
    if (count > MOST_FIELDS) {
      throw new IllegalArgumentException(
          "it would have " + count + " fields (the limit is " + MOST_FIELDS + ")");
    }
    out.u2(count);
    out.copy(bytes, start + 2, file.methodsAt());
    for (Field field : fields) {
      out.u2(field.access());
      out.u2(constants.text(field.name()));
      out.u2(constants.text(field.descriptor()));
      if (pool.majorVersion() < ACC_SYNTHETIC_SINCE && (field.access() & ACC_SYNTHETIC) != 0) {
        out.u2(1);
        out.u2(constants.text("Synthetic"));
        out.u4(0);
      } else {
        out.u2(0);
      }
    }
  }

  private void writeMethods(Bytes out) throws CodeWriter.BranchTooFar {
    out.u2(file.methods().size());
    for (Member method : file.methods()) {
      MethodEdits edited = edits.get(method);
      if (edited == null) {
        out.copy(bytes, method.start(), method.end());
      } else {
        writeMethod(edited, out);
      }
    }
  }

  private void writeMethod(MethodEdits edited, Bytes out) throws CodeWriter.BranchTooFar {
    Member method = edited.method();
    int body = method.body();
    out.copy(bytes, method.start(), body - 4);
    Bytes code = code(edited);
    out.u4(code.length());
    out.copy(code);
    out.copy(bytes, body + pool.u4(body - 4), method.end());
  }

  private Bytes code(MethodEdits edited) throws CodeWriter.BranchTooFar {
    Bytes out = new Bytes(2 * edited.method().codeLength() + 64);
    try {
      new CodeWriter(pool, bytes, edited, constants).write(out);
      return out;
    } catch (CodeWriter.TooLong e) {
      MethodEdits fewer = edited.indispensable();
      if (fewer == null) {
        throw MethodEdits.tooLong(
            edited.method().name() + edited.method().descriptor(), e.codeLength, e);
      }
      edits.put(fewer.method(), fewer);
      return code(fewer);
    }
  }

  private void writeAttributes(Bytes out) {
    int end = bytes.length;
    if (bootstrapCount == 0) {
      out.copy(bytes, file.attributesAt(), end);
      return;
    }
    int contents = file.attribute(BOOTSTRAPS);
    int length = pool.u4(contents - 4);
    out.copy(bytes, file.attributesAt(), contents - 4);
    out.u4(length + bootstraps.length());
    out.u2(pool.u2(contents) + bootstrapCount);
    out.copy(bytes, contents + 2, contents + length);
    out.copy(bootstraps);
    out.copy(bytes, contents + length, end);
  }
}
