package attached;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Works until it is told to end; prints what one round gives, and whether any round differed. */
public final class Main {
  private Main() {}

  static class Node {
    int value;
    Node next;

    Node(int value, Node next) {
      this.value = value;
      this.next = next;
    }
  }

  private static int round() {
    Node list = null;
    for (int i = 0; i < 1000; i++) {
      list = new Node(i, list);
      if (list.next != null) {
        list.next.value += i;
      }
    }
    int sum = 0;
    for (Node at = list; at != null; at = at.next) {
      sum = sum * 31 + at.value;
    }
    return sum;
  }

  public static void main(String[] args) throws Exception {
    List<Node> kept = new ArrayList<>(List.of(new Node(1, null)));
    int expected = round();
    System.out.println("ready");
    boolean same = true;
    while (System.in.available() == 0) {
      same &= round() == expected;
      kept.get(0).value++;
      kept.set(0, new Node(kept.get(0).value, null));
    }
    System.out.println(expected + " " + same);
    System.out.println(Later.run());
    System.out.println(Arrays.toString(Node.class.getDeclaredFields()));
    System.out.println(new Exception().getStackTrace()[0]);
  }
}
