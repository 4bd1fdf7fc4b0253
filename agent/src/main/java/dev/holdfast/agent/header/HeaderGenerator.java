package dev.holdfast.agent.header;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Writes the C header of some classes, from their class files alone. */
public final class HeaderGenerator {
  private final Hierarchies hierarchies;
  private final String prefix;

  /**
   * Prepares for one class path and one selection.
   *
   * @param classPath where class files are found; stays open
   * @param selected whether the agent's options select the class of this binary name; see {@link
   *     #outsideTheJdk}
   * @param prefix before each struct's name; empty for none
   * @param warnings told what may make the header differ from the run time's layout
   */
  public HeaderGenerator(
      ClassPath classPath, Predicate<String> selected, String prefix, Consumer<String> warnings) {
    this.hierarchies = new Hierarchies(classPath, selected, warnings);
    this.prefix = prefix;
  }

  /** What counts as selected when the user does not say: every class that is not the JDK's. */
  public static boolean outsideTheJdk(String name) {
    return List.of("java.", "javax.", "jdk.", "sun.").stream().noneMatch(name::startsWith);
  }

  /**
   * The header's text.
   *
   * @param fileName the header's, without directory
   * @param classNames binary ({@code a.b.C$D}) or canonical ({@code a.b.C.D}) names, in the order
   *     of the structs
   * @throws HeaderException if a class is not found, can have no mirror, or two would have one name
   */
  public String header(String fileName, List<String> classNames) {
    CHeader header = new CHeader(fileName);
    for (String given : classNames) {
      String name = binaryName(given);
      header.add(
          CStruct.of(
              CNames.identifier(prefix + simpleName(name)),
              hierarchies.plan(name),
              this::simpleName));
    }
    return header.toString();
  }

  /** Takes {@code a.b.C.D} for {@code a.b.C$D} where only the latter exists. */
  private String binaryName(String given) {
    String name = given.replace('/', '.');
    for (String tried = name; ; ) {
      if (hierarchies.file(tried) != null) {
        return tried;
      }
      int dot = tried.lastIndexOf('.');
      if (dot < 0) {
        return name;
      }
      tried = tried.substring(0, dot) + "$" + tried.substring(dot + 1);
    }
  }

  /**
   * {@code C}, or {@code Outer_Inner}: by what the class files say, not by the dollars in names.
   */
  private String simpleName(String binaryName) {
    ClassFile file = hierarchies.file(binaryName);
    if (file != null && file.outerName() != null && file.innerName() != null) {
      return simpleName(file.outerName()) + "_" + file.innerName();
    }
    return binaryName.substring(binaryName.lastIndexOf('.') + 1);
  }
}
