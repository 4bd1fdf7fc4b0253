package dev.holdfast.demo;

/**
 * The program's arguments.
 *
 * @param limit how many classes are read at most
 * @param iterations of PageRank
 * @param allocators threads that allocate while C walks
 */
record Options(int limit, int iterations, int allocators) {
  static final String USAGE =
      "arguments: [--limit CLASSES] [--iterations N] [--allocators THREADS]";

  private static final Options DEFAULTS = new Options(Integer.MAX_VALUE, 100, 2);

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException if one is unknown or no number in its range
   */
  static Options parse(String... arguments) {
    Options options = DEFAULTS;
    for (int i = 0; i < arguments.length; i += 2) {
      String key = arguments[i];
      String value = i + 1 < arguments.length ? arguments[i + 1] : "";
      options =
          switch (key) {
            case "--limit" ->
                new Options(number(key, value, 1), options.iterations, options.allocators);
            case "--iterations" ->
                new Options(options.limit, number(key, value, 1), options.allocators);
            case "--allocators" ->
                new Options(options.limit, options.iterations, number(key, value, 0));
            default -> throw new IllegalArgumentException(key + ": no such argument");
          };
    }
    return options;
  }

  private static int number(String key, String value, int least) {
    try {
      int number = Integer.parseInt(value);
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException(
        key + " '" + value + "': not a number from " + least + " on");
  }
}
