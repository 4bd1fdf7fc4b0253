package dev.holdfast.benchmarks.managed;

/** An element of a linked list, with a mirror. */
public final class Node {
  public int value;
  public Node next;

  public Node(int value) {
    this.value = value;
  }
}
