package dev.holdfast.benchmarks;

import java.util.Locale;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoublePredicate;

/**
 * What is promised of Holdfast beside a rival.
 *
 * @param words the promise
 * @param format of the compared figure
 * @param compare from Holdfast's and the rival's nanoseconds to that figure
 * @param met whether the figure keeps the promise
 */
record Aim(String words, String format, DoubleBinaryOperator compare, DoublePredicate met) {

  static Aim timesAsFast(double least) {
    return new Aim(
        "at least " + plain(least),
        "%.1f times as fast",
        (holdfast, rival) -> rival / holdfast,
        figure -> figure >= least);
  }

  static Aim timesAsLong(double most) {
    return new Aim(
        "at most " + plain(most),
        "%.2f times as long",
        (holdfast, rival) -> holdfast / rival,
        figure -> figure <= most);
  }

  static Aim nanosMore(double most) {
    return new Aim(
        "at most " + plain(most) + " ns",
        "%.1f ns more",
        (holdfast, rival) -> holdfast - rival,
        figure -> figure <= most);
  }

  /** No promise: the rival is shown for what it is. */
  static final Aim NONE =
      new Aim("", "%.1f times its time", (holdfast, rival) -> holdfast / rival, figure -> true);

  String compared(double holdfast, double rival) {
    return String.format(Locale.ROOT, format, compare.applyAsDouble(holdfast, rival));
  }

  String verdict(double holdfast, double rival) {
    if (words.isEmpty()) {
      return "";
    }
    return met.test(compare.applyAsDouble(holdfast, rival)) ? "met" : "**missed**";
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
  }
}
