package sample;

/** Switches of both kinds at several alignments, and a wide increment. */
public class Switches {
  int field;

  int table(int n) {
    int local = 0;
    switch (n) {
      case 0 -> field = 1;
      case 1 -> local = 2;
      case 2 -> field = 3;
      default -> local = 4;
    }
    switch (n + local) {
      case 5 -> field = 5;
      case 6 -> field = local;
      case 7 -> local++;
      default -> field++;
    }
    return local;
  }

  int lookup(int n) {
    switch (n) {
      case -100000 -> field = 1;
      case 7 -> field = 2;
      case 100000 -> field = 3;
      default -> field = 4;
    }
    field++;
    switch (n) {
      case -100000 -> field = 1;
      case 9 -> field = 2;
      default -> field = 4;
    }
    return field;
  }

  void wide(Point other) {
    int i = 0;
    i += 1000;
    other.x = i;
  }
}
