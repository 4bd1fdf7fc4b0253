package sample.app;

import dev.holdfast.Holdfast;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Makes, writes, clones and refers to nodes, and asks Holdfast about them. */
public class Adopting {
  public static void main(String[] args) throws Exception {
    Node first = new Node(1);
    first.next = new Node(2);
    first.number += 10;
    first.wide = 1L << 40;
    IntFunction<Node> maker = Node::new;
    Node copy = first.clone();
    copy.number = 99;
    List<Node> nodes = new ArrayList<>(List.of(first, first.next, maker.apply(3), copy));
    System.out.println("active=" + Holdfast.isActive());
    System.out.println("managed=" + Holdfast.isManaged(first));
    System.out.println("adopted=" + Holdfast.stats().adoptedAtSiteTotal());
    List<String> handles = new ArrayList<>();
    List<String> differences = new ArrayList<>();
    for (Node node : nodes) {
      long handle = Holdfast.retain(node);
      handles.add(Long.toHexString(handle));
      differences.addAll(Holdfast.verify(node));
      if (Holdfast.resolve(handle, Node.class) != node) {
        differences.add("another object for " + handles);
      }
      Holdfast.release(handle);
    }
    System.out.println("distinct=" + handles.stream().distinct().count());
    System.out.println("differences=" + differences);
  }
}
