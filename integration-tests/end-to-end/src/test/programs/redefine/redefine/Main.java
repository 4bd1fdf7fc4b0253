package redefine;

import java.io.InputStream;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;
import java.util.Arrays;
import redefining.Agent;

/** Redefines and retransforms classes, one of which changes its constants. */
public final class Main {
  private Main() {}

  public static void main(String[] args) throws Exception {
    Instrumentation instrumentation = Agent.instrumentation;
    Item before = new Item(1).grow();
    before.mark();
    System.out.println(before);
    byte[] bytes = bytes();
    for (int round = 0; round < 3; round++) {
      instrumentation.redefineClasses(new ClassDefinition(Item.class, changed(bytes, (char) ('B' + round))));
      Item after = new Item(round).grow().grow();
      after.mark();
      before.mark();
      before.next.next = after;
      System.out.println(before + " | " + after);
      before.next.next = null;
    }
    ClassFileTransformer transformer =
        new ClassFileTransformer() {
          @Override
          public byte[] transform(
              ClassLoader loader, String name, Class<?> type, ProtectionDomain domain, byte[] file) {
            return "redefine/Item".equals(name) ? changed(file, 'Z') : null;
          }
        };
    instrumentation.addTransformer(transformer, true);
    instrumentation.retransformClasses(Item.class);
    System.out.println(new Item(9).grow() + " " + before);
    System.out.println(instrumentation.removeTransformer(transformer));
    if (Runtime.version().feature() >= 25) {
      // JDK 17 forgets redefinitions here as soon as any agent has changed the class.
      instrumentation.retransformClasses(Item.class);
    }
    Item last = new Item(10).grow();
    last.mark();
    System.out.println(last);
    System.out.println(Arrays.toString(Item.class.getDeclaredFields()));
    System.out.println(instrumentation.getObjectSize(new int[4]));
    try {
      byte[] other;
      try (InputStream in = Main.class.getResourceAsStream("Main.class")) {
        other = in.readAllBytes();
      }
      instrumentation.redefineClasses(new ClassDefinition(Item.class, other));
    } catch (NoClassDefFoundError e) {
      System.out.println(e);
    }
  }

  private static byte[] bytes() throws Exception {
    try (InputStream in = Main.class.getResourceAsStream("Item.class")) {
      return in.readAllBytes();
    }
  }

  /** The same class with another constant. */
  private static byte[] changed(byte[] bytes, char kind) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return text.replaceAll("kind [A-Z]", "kind " + kind).getBytes(StandardCharsets.ISO_8859_1);
  }
}
