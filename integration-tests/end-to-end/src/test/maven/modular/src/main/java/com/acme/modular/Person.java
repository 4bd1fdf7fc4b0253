package com.acme.modular;

record Person(String name, int age) {}
