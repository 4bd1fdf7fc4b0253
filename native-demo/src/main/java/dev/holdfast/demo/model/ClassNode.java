package dev.holdfast.demo.model;

/**
 * One class, in the list of all classes. Not thread-safe: one thread builds the graph, then all may
 * read it.
 */
public final class ClassNode {
  private final String name;
  private final int index;
  private ClassNode next;
  private Edge firstEdge;
  private int outDegree;
  private double rank;

  /**
   * A class that refers to no other yet.
   *
   * @param index its place in the list, from 0
   */
  public ClassNode(String name, int index) {
    this.name = name;
    this.index = index;
  }

  /** Binary name with dots. */
  public String name() {
    return name;
  }

  /** Place in the list, from 0. */
  public int index() {
    return index;
  }

  /** The next class in the list; null for the last. */
  public ClassNode next() {
    return next;
  }

  public void setNext(ClassNode following) {
    this.next = following;
  }

  /** The first of the references to other classes; null if there are none. */
  public Edge firstEdge() {
    return firstEdge;
  }

  /** How many classes this one refers to. */
  public int outDegree() {
    return outDegree;
  }

  /** Adds a reference to another class; the caller sees to it that it is added once. */
  public void refersTo(ClassNode target) {
    firstEdge = new Edge(target, firstEdge);
    outDegree++;
  }

  public double rank() {
    return rank;
  }

  public void setRank(double rank) {
    this.rank = rank;
  }

  @Override
  public String toString() {
    return name;
  }
}
