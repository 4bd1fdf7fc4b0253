package sample.app;

/** A managed class. */
public class Node implements Cloneable {
  public int number;
  public long wide;
  public Node next;

  public Node(int number) {
    this.number = number;
  }

  @Override
  public Node clone() throws CloneNotSupportedException {
    return (Node) super.clone();
  }
}
