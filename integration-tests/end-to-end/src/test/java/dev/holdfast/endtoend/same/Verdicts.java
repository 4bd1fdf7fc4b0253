package dev.holdfast.endtoend.same;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What JUnit's console launcher has reported: the verdict of each test. */
final class Verdicts {
  private Verdicts() {}

  /**
   * One line a test, sorted: its class, name and number, and {@code passed}, {@code skipped}, or
   * what was thrown. Messages are left out: some hold identity hash codes and times.
   */
  static List<String> in(Path reports) {
    List<String> verdicts = new ArrayList<>();
    for (Path report : Programs.filesBelow(reports)) {
      NodeList tests = read(report).getElementsByTagName("testcase");
      for (int i = 0; i < tests.getLength(); i++) {
        Element test = (Element) tests.item(i);
        verdicts.add(
            test.getAttribute("classname")
                + " "
                + test.getAttribute("name")
                + ": "
                + verdict(test));
      }
    }
    verdicts.sort(null);
    return verdicts;
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

  private static String verdict(Element test) {
    for (Node child = test.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element element) {
        switch (element.getTagName()) {
          case "skipped" -> {
            return "skipped";
          }
          case "failure", "error" -> {
            return element.getAttribute("type");
          }
          default -> {}
        }
      }
    }
    return "passed";
  }
}
