package sample;

import dev.holdfast.Mirrored;

/** Selected by its name, but against its will. */
@Mirrored(false)
public class OptedOut {
  int field = 1;

  /** Selected by its own name. */
  public static class Below extends OptedOut {
    int own = 2;
  }
}
