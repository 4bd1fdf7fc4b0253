package sample.app;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.VirtualMachine;
import dev.holdfast.Holdfast;

/** Attaches the agent to itself after it has used Holdfast as a library. */
public class AttachingTooLate {
  public static void main(String[] args) throws Exception {
    Node node = new Node(1);
    long handle = Holdfast.retain(node);
    VirtualMachine self = VirtualMachine.attach(Long.toString(ProcessHandle.current().pid()));
    try {
      self.loadAgent(args[0], "include=sample.app.*");
      System.out.println("refused=false");
    } catch (AgentInitializationException e) {
      System.out.println("refused=true");
    }
    self.detach();
    System.out.println("same=" + (Holdfast.resolve(handle, Node.class) == node));
    Holdfast.release(handle);
  }
}
