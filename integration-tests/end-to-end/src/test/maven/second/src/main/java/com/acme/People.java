package com.acme;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import dev.holdfast.Holdfast;
import dev.holdfast.Retained;

/** Of C's own library the functions for a thread's user data. */
public interface People extends Library {
  int pthread_key_create(int[] key, Pointer destroy);

  int pthread_setspecific(int key, @Retained Person person);

  Person pthread_getspecific(int key);

  static People load() {
    return Holdfast.load("c", People.class);
  }
}
