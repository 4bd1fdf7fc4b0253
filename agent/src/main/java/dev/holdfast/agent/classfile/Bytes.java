package dev.holdfast.agent.classfile;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that are being written, numbers with the highest byte first. */
final class Bytes {
  private byte[] bytes;
  private int length;

  Bytes(int capacity) {
    bytes = new byte[capacity];
  }

  int length() {
    return length;
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, length);
  }

  void u1(int value) {
    room(1);
    bytes[length++] = (byte) value;
  }

  void u2(int value) {
    room(2);
    bytes[length++] = (byte) (value >> 8);
    bytes[length++] = (byte) value;
  }

  void u4(int value) {
    u2(value >> 16);
    u2(value);
  }

  /** Overwrites what was written. */
  void u2At(int at, int value) {
    bytes[at] = (byte) (value >> 8);
    bytes[at + 1] = (byte) value;
  }

  /** Overwrites what was written. */
  void u4At(int at, int value) {
    u2At(at, value >> 16);
    u2At(at + 2, value);
  }

  void copy(byte[] from, int start, int end) {
    room(end - start);
    System.arraycopy(from, start, bytes, length, end - start);
    length += end - start;
  }

  void copy(Bytes from) {
    copy(from.bytes, 0, from.length);
  }

  void copy(Bytes from, int start, int end) {
    copy(from.bytes, start, end);
  }

  /** The length of a text in two bytes, and the text as class files have it. */
  void text(String string) {
    byte[] text = modifiedUtf8(string);
    if (text.length > 0xffff) {
      throw new IllegalArgumentException(
          "a constant of " + text.length + " bytes (the limit is 65535)");
    }
    u2(text.length);
    copy(text, 0, text.length);
  }

  private static byte[] modifiedUtf8(String text) {
    int high = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      high += c == 0 || c > 0x7f ? 1 : 0;
    }
    if (high == 0) {
      return text.getBytes(StandardCharsets.ISO_8859_1);
    }
    Bytes out = new Bytes(text.length() + 2 * high);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != 0 && c <= 0x7f) {
        out.u1(c);
      } else if (c <= 0x7ff) {
        out.u1(0xc0 | c >> 6);
        out.u1(0x80 | (c & 0x3f));
      } else {
        out.u1(0xe0 | c >> 12);
        out.u1(0x80 | (c >> 6 & 0x3f));
        out.u1(0x80 | (c & 0x3f));
      }
    }
    return out.toArray();
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }
}
