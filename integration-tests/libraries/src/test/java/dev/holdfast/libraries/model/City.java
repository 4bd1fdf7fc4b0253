package dev.holdfast.libraries.model;

public final class City {
  public final int id;
  public final String name;

  public City(int id, String name) {
    this.id = id;
    this.name = name;
  }
}
