package dev.holdfast.agent.options;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * The options as text: keys and values gathered from the agent's argument, from {@code
 * HOLDFAST_OPTIONS} and from the file that {@code config} names. What an earlier source says about
 * a key, no later one changes.
 */
final class OptionText {
  static final String CONFIG = "config";

  private final Set<String> known;
  private final Map<String, String> values = new HashMap<>();

  private OptionText(Set<String> known) {
    this.known = known;
  }

  /**
   * Gathers all sources.
   *
   * @param argument what stands behind {@code -javaagent:holdfast.jar=}, or null
   * @param environment the value of {@code HOLDFAST_OPTIONS}, or null
   * @param known the keys there are
   * @throws OptionException if a key is unknown or twice in one source, or the file cannot be read
   */
  static Map<String, String> gather(String argument, String environment, Set<String> known) {
    OptionText text = new OptionText(known);
    text.addAll(split(argument, "the agent's argument"), "the agent's argument");
    text.addAll(split(environment, "HOLDFAST_OPTIONS"), "HOLDFAST_OPTIONS");
    String file = text.values.get(CONFIG);
    if (file != null) {
      text.addAll(read(file), file);
    }
    return text.values;
  }

  private void addAll(Map<String, String> more, String source) {
    for (Map.Entry<String, String> option : more.entrySet()) {
      String key = option.getKey();
      String value = option.getValue();
      if (!known.contains(key)) {
        throw new OptionException(
            key + "=" + value + ": no such option (expected one of " + names() + ")");
      }
      if (key.equals(CONFIG) && source.equals(values.get(CONFIG))) {
        throw OptionException.of(key, value, "stands in a file itself", "no file within a file");
      }
      values.putIfAbsent(key, value);
    }
  }

  private String names() {
    return String.join(", ", new TreeSet<>(known));
  }

  /** What may stand alone: {@code verify} means {@code verify=true}. */
  private static final Set<String> FLAGS = Set.of("verify", "debug");

  private static Map<String, String> split(String text, String source) {
    Map<String, String> values = new HashMap<>();
    if (text == null || text.isBlank()) {
      return values;
    }
    for (String option : text.split(",", -1)) {
      int equals = option.indexOf('=');
      String key = (equals < 0 ? option : option.substring(0, equals)).strip();
      String value = equals < 0 ? "true" : option.substring(equals + 1).strip();
      if (key.isEmpty()) {
        throw new OptionException(
            source + "='" + text + "': an empty option (expected key=value with , between)");
      }
      if (equals < 0 && !FLAGS.contains(key)) {
        throw new OptionException(key + ": has no value (expected key=value with , between)");
      }
      if (values.putIfAbsent(key, value) != null) {
        throw OptionException.of(
            key, value, "given twice in " + source, "one value, patterns with : between");
      }
    }
    return values;
  }

  private static Map<String, String> read(String file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(file), StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw OptionException.of(
          CONFIG,
          file,
          "cannot be read: " + e.getClass().getSimpleName() + " " + e.getMessage(),
          "a properties file with the agent's options as keys");
    }
    Map<String, String> values = new HashMap<>();
    for (String key : properties.stringPropertyNames()) {
      values.put(key, properties.getProperty(key).strip());
    }
    return values;
  }
}
