package dev.holdfast.benchmarks.plain;

/** An element of a linked list, as it is without Holdfast. */
public final class Node {
  public int value;
  public Node next;

  public Node(int value) {
    this.value = value;
  }
}
