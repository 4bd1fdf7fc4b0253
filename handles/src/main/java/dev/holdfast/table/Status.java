package dev.holdfast.table;

import java.util.List;

/** The answers of the C API ({@code hf_status}): 0 or negative. */
public final class Status {
  public static final int OK = 0;
  public static final int ENORUNTIME = -1;
  public static final int EABI = -2;
  public static final int ESTALE = -3;
  public static final int EUNCOUNTED = -4;
  public static final int EOVERRELEASE = -5;
  public static final int ENULL = -6;
  public static final int ETYPE = -7;
  public static final int ELAYOUT = -8;
  public static final int ENOTYPE = -9;
  public static final int ENOFIELD = -10;
  public static final int ESCOPE = -11;
  public static final int EUNMANAGED = -12;
  public static final int ENOMEM = -13;
  public static final int ESHUTDOWN = -14;
  public static final int EFORK = -15;
  public static final int EJAVA = -16;
  public static final int EUNMIRRORED = -17;
  public static final int EINVAL = -18;
  public static final int EPIN = -19;
  public static final int EFULL = -20;
  public static final int EFINAL = -21;
  public static final int ENOMETHOD = -22;
  public static final int ENOCALLER = -23;

  private static final List<String> NAMES =
      List.of(
          "HF_OK",
          "HF_ENORUNTIME",
          "HF_EABI",
          "HF_ESTALE",
          "HF_EUNCOUNTED",
          "HF_EOVERRELEASE",
          "HF_ENULL",
          "HF_ETYPE",
          "HF_ELAYOUT",
          "HF_ENOTYPE",
          "HF_ENOFIELD",
          "HF_ESCOPE",
          "HF_EUNMANAGED",
          "HF_ENOMEM",
          "HF_ESHUTDOWN",
          "HF_EFORK",
          "HF_EJAVA",
          "HF_EUNMIRRORED",
          "HF_EINVAL",
          "HF_EPIN",
          "HF_EFULL",
          "HF_EFINAL",
          "HF_ENOMETHOD",
          "HF_ENOCALLER");

  private Status() {}

  /** What {@code holdfast.h} calls it. */
  public static String name(int status) {
    return status <= 0 && status > -NAMES.size() ? NAMES.get(-status) : "HF_?";
  }
}
