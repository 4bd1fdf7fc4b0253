package dev.holdfast.stress;

import java.util.ArrayList;
import java.util.List;

/**
 * {@code java -jar jcstress.jar}: jcstress with all its options; the JVMs that it starts may reach
 * what the hooks need of the JDK, as those that the agent opens it in.
 */
public final class Main {
  private static final List<String> EXPORTED =
      List.of("jdk.internal.misc", "jdk.internal.reflect", "jdk.internal.access");

  private Main() {}

  /** Exit code 1 if an outcome was seen that is forbidden, or nothing was run. */
  public static void main(String[] args) throws Exception {
    List<String> all = new ArrayList<>(List.of(args));
    for (String name : EXPORTED) {
      prepend(all, "--add-exports=java.base/" + name + "=ALL-UNNAMED");
    }
    prepend(all, "--enable-native-access=ALL-UNNAMED");
    org.openjdk.jcstress.Main.main(all.toArray(String[]::new));
  }

  private static void prepend(List<String> arguments, String jvmArgument) {
    arguments.add("-jvmArgsPrepend");
    arguments.add(jvmArgument);
  }
}
