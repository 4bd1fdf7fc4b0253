package dev.holdfast.endtoend.same;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What JUnit's console launcher has reported: the verdict of each test.
 *
 * @param details by the tests' class, name and number, and {@code passed}, {@code skipped}, or what
 *     was thrown, in one line: the stack traces of all tests that are the same in this. They are
 *     not compared: some hold identity hash codes and times.
 */
record Verdicts(SortedMap<String, List<String>> details) {
  /** Lines of a stack trace that a failure shows. */
  private static final int LINES_SHOWN = 12;

  /** As in all reports below a folder. */
  static Verdicts in(Path reports) {
    SortedMap<String, List<String>> details = new TreeMap<>();
    for (Path report : Programs.filesBelow(reports)) {
      NodeList tests = read(report).getElementsByTagName("testcase");
      for (int i = 0; i < tests.getLength(); i++) {
        Element test = (Element) tests.item(i);
        Element unhappy = unhappy(test);
        String line =
            test.getAttribute("classname")
                + " "
                + test.getAttribute("name")
                + ": "
                + verdict(unhappy);
        details
            .computeIfAbsent(line, key -> new ArrayList<>())
            .add(unhappy == null ? "" : unhappy.getTextContent());
      }
    }
    return new Verdicts(details);
  }

  /** Without the tests of some classes. */
  Verdicts without(List<String> classes) {
    SortedMap<String, List<String>> others = new TreeMap<>(details);
    others.keySet().removeIf(line -> classes.contains(line.substring(0, line.indexOf(' '))));
    return new Verdicts(others);
  }

  /** How many tests. */
  int size() {
    return details.values().stream().mapToInt(List::size).sum();
  }

  /** Each test has the verdict that it has without the agent; a failure names those that do not. */
  void areAsWithoutTheAgent(Verdicts expected) {
    assertThat(differingFrom(expected))
        .as("%d verdicts without the agent, %d with it; those that differ", expected.size(), size())
        .isEmpty();
  }

  /** What only one of both has, with the beginning of its stack traces. */
  List<String> differingFrom(Verdicts expected) {
    List<String> lines = new ArrayList<>();
    SortedSet<String> all = new TreeSet<>(details.keySet());
    all.addAll(expected.details.keySet());
    for (String line : all) {
      int surplus = count(line) - expected.count(line);
      if (surplus > 0) {
        lines.add("with the agent: " + line + shown(line));
      } else if (surplus < 0) {
        lines.add("without the agent: " + line + expected.shown(line));
      }
    }
    return lines;
  }

  private int count(String line) {
    return details.getOrDefault(line, List.of()).size();
  }

  private String shown(String line) {
    StringBuilder text = new StringBuilder();
    for (String detail : details.get(line)) {
      detail.lines().limit(LINES_SHOWN).forEach(part -> text.append("\n    ").append(part));
    }
    return text.toString();
  }

  private static Element read(Path report) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(report.toFile())
          .getDocumentElement();
    } catch (SAXException | IOException | ParserConfigurationException e) {
      throw new AssertionError(report.toString(), e);
    }
  }

  /** What says that the test was skipped or has failed, or null. */
  private static Element unhappy(Element test) {
    for (Node child = test.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element element
          && List.of("skipped", "failure", "error").contains(element.getTagName())) {
        return element;
      }
    }
    return null;
  }

  private static String verdict(Element unhappy) {
    if (unhappy == null) {
      return "passed";
    }
    return unhappy.getTagName().equals("skipped") ? "skipped" : unhappy.getAttribute("type");
  }
}
