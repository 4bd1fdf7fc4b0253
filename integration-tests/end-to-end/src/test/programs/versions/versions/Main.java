package versions;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** Java 1.4: the same program is compiled for every version of class files. */
public class Main {
  static StringBuffer trace = new StringBuffer();

  public static class Node implements Serializable, Cloneable {
    private int number;
    protected Node next;
    transient Object extra = "extra";
    long[] many = {1, 2};
    double precise = 0.5;
    long big;

    public Node(int number, Node next) {
      this.number = number;
      this.next = next;
    }

    public Object clone() throws CloneNotSupportedException {
      Node copy = (Node) super.clone();
      copy.number++;
      return copy;
    }

    int sum() {
      int sum = 0;
      for (Node at = this; at != null; at = at.next) {
        sum += at.number;
      }
      return sum;
    }
  }

  class Inner {
    final int depth;

    Inner(int depth) {
      this.depth = depth;
    }

    Node make() {
      return new Node(depth, depth > 2 ? new Node(1, null) : null) {
        int sum() {
          return number(this) + 100 + depth;
        }
      };
    }
  }

  static int number(Node node) {
    return node.number;
  }

  /** Finally blocks are subroutines (JSR) in class files of 1.4. */
  static int finallyBlocks(int n) {
    Node node = new Node(n, null);
    try {
      try {
        if (n == 1) {
          throw new IllegalStateException("one");
        }
        if (n == 2) {
          return node.number;
        }
        node.next = new Node(n * 2, node);
      } finally {
        node.number += 10;
        trace.append(new Node(node.number, node.next == null ? null : new Node(5, null)).sum());
      }
    } catch (IllegalStateException e) {
      trace.append(e.getMessage());
      node.big = e.getMessage().length();
    } finally {
      node.many[0] = node.number;
      trace.append(' ').append(node.many[0]).append(' ');
    }
    return node.number + (int) node.big;
  }

  public static void main(String[] args) throws Exception {
    for (int n = 0; n < 4; n++) {
      System.out.println(finallyBlocks(n));
    }
    System.out.println(trace);
    Node list = null;
    for (int i = 0; i < 1000; i++) {
      list = new Node(i, list);
    }
    System.out.println(list.sum());
    Node copy = (Node) list.clone();
    copy.precise += list.number;
    System.out.println(copy.number + " " + copy.precise + " " + list.number);
    System.out.println(new Main().new Inner(3).make().sum());
    System.out.println(ObjectStreamClass.lookup(Node.class).getSerialVersionUID());
    Node shape = new Node(4, new Node(5, null));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ObjectOutputStream out = new ObjectOutputStream(bytes);
    out.writeObject(shape);
    out.close();
    byte[] written = bytes.toByteArray();
    int hash = 0;
    for (int i = 0; i < written.length; i++) {
      hash = hash * 31 + written[i];
    }
    System.out.println(written.length + " " + hash);
    Node back = (Node) new ObjectInputStream(new ByteArrayInputStream(written)).readObject();
    back.number++;
    System.out.println(back.sum() + " " + back.extra);
    List names = new ArrayList();
    java.lang.reflect.Field[] fields = Node.class.getDeclaredFields();
    for (int i = 0; i < fields.length; i++) {
      names.add(fields[i].toString());
    }
    System.out.println(names + " " + Node.class.getDeclaredMethods().length);
    try {
      new Node(1, (Node) (Object) "no").sum();
    } catch (ClassCastException e) {
      StackTraceElement[] elements = e.getStackTrace();
      for (int i = 0; i < elements.length; i++) {
        System.out.println(elements[i]);
      }
    }
  }
}
