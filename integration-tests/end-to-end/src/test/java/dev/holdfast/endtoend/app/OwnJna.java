package dev.holdfast.endtoend.app;

import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import dev.holdfast.Holdfast;
import dev.holdfast.endtoend.support.Check;

/** Brings a JNA of its own and uses it, as it did before there was Holdfast. */
public final class OwnJna {
  private OwnJna() {}

  static final class Item {
    int number = 1;
  }

  /** The argument is the version. */
  public static void main(String[] args) {
    Check.agentHasStarted();
    String version = Native.class.getPackage().getImplementationVersion();
    Check.that(version.startsWith(args[0]), "the program's own JNA: " + version);
    // In a way that old versions know, too.
    Function abs = Function.getFunction(Platform.C_LIBRARY_NAME, "abs");
    Check.equal(7, abs.invokeInt(new Object[] {-7}), "a call of C");
    Item item = new Item();
    item.number++;
    Check.equal(2, item.number, "the program runs on");
    Check.that(!Check.fails(RuntimeException.class, () -> Holdfast.retain(item)).isEmpty(), "why");
  }
}
