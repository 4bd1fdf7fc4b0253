package dev.holdfast.stress;

import dev.holdfast.fixture.Mirror;
import dev.holdfast.hook.Mirrors;

/** What has become of an object's mirror when both threads are done. */
enum Ending {
  /** It shows what the object holds. */
  EQUAL,
  /** It shows something else, and will until the next write. */
  DIFFERENT,
  /** The arena was full when the object was to get it: nothing was tried. */
  UNMIRRORED;

  static Ending of(Object object) {
    if (!Mirror.isShown(object)) {
      return UNMIRRORED;
    }
    return Mirrors.differences(object) == 0 ? EQUAL : DIFFERENT;
  }
}
