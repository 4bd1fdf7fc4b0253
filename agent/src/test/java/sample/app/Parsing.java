package sample.app;

import org.xml.sax.helpers.DefaultHandler;

/** Inherits from a class of the JDK in a package that no pattern for programs should take. */
public class Parsing extends DefaultHandler {
  public int elements;
}
