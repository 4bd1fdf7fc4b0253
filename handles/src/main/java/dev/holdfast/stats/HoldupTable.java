package dev.holdfast.stats;

import static dev.holdfast.stats.Table.Column.number;
import static dev.holdfast.stats.Table.Column.text;

import java.util.List;

/** What holds memory up, as one table. */
final class HoldupTable {
  static final Table<Holdup> TABLE =
      new Table<>(
          "Holdup",
          "something that keeps memory from being reused",
          List.of(
              text("kind", "'scope', 'pin' or 'releases' that nobody drains", Holdup::kind),
              number(
                  "threadId",
                  "the operating system's for a scope or a pin, else Java's",
                  Holdup::threadId),
              text("thread", "its name, empty when it has ended", Holdup::thread),
              number("seconds", "since when (unit: seconds)", Holdup::seconds),
              text(
                  "where",
                  "the return address of hf_enter or hf_pin, or the top of the Java stack",
                  Holdup::where),
              text(
                  "handle",
                  "the first handle of what is pinned, else 0x0",
                  holdup -> "0x" + Long.toHexString(holdup.handle()))),
          "kind",
          "threadId",
          "handle");

  private HoldupTable() {}
}
