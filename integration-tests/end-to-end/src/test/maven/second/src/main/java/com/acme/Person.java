package com.acme;

public record Person(String name, int age) {}
