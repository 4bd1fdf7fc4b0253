package redefine;

public class Item {
  int number;
  Item next;
  private String kind = "kind A";

  Item(int number) {
    this.number = number;
  }

  Item grow() {
    Item item = new Item(number + 1);
    item.next = this;
    return item;
  }

  void mark() {
    number *= 2;
    kind += "!";
  }

  @Override
  public String toString() {
    return kind + " " + number + (next == null ? "" : " -> " + next);
  }
}
