package sample.app;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.VirtualMachine;
import dev.holdfast.Holdfast;
import dev.holdfast.collect.Engine;

/** Attaches the agent to itself, after some of its classes have been loaded. */
public class Attaching {
  /** Loaded before the agent. */
  public static class Early {
    int number = 1;
  }

  /** Loaded after it. */
  public static class Late {
    int number = 2;
  }

  public static void main(String[] args) throws Exception {
    Early early = new Early();
    String jar = args[0];
    VirtualMachine self = VirtualMachine.attach(Long.toString(ProcessHandle.current().pid()));
    try {
      self.loadAgent(jar, "arena=8q");
      System.out.println("refused=false");
    } catch (AgentInitializationException e) {
      System.out.println("refused=true");
    }
    self.loadAgent(jar, "include=sample.app.Attaching$*");
    // this method was compiled into its frame before: another one makes the object
    Late late = make(5);
    System.out.println("early=" + Holdfast.isManaged(early));
    System.out.println("late=" + Holdfast.isManaged(late));
    System.out.println("adopted=" + Holdfast.stats().adoptedAtSiteTotal());
    long handle = Holdfast.retain(early);
    System.out.println("opaque=" + (Holdfast.resolve(handle, Early.class) == early));
    Holdfast.release(handle);
    late.number = 7; // in a frame that began before the agent: seen by nobody
    write(late, 8);
    System.out.println("differences=" + Holdfast.verify(late));
    Engine.current().classes().stream()
        .filter(row -> row.name().equals(Early.class.getName()))
        .forEach(row -> System.out.println("state=" + row.state()));
    self.detach();
  }

  private static Late make(int number) {
    Late late = new Late();
    late.number = number;
    return late;
  }

  private static void write(Late late, int number) {
    late.number = number;
  }
}
