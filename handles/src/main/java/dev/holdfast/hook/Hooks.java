package dev.holdfast.hook;

import java.lang.invoke.VarHandle;
import jdk.internal.vm.annotation.DontInline;

/**
 * What rewritten byte code calls, by way of a class in {@code java.lang} that delegates each public
 * static method of this one. No Throwable of ours leaves a hook.
 */
public final class Hooks {
  private Hooks() {}

  /**
   * After {@code NEW C ... INVOKESPECIAL C.<init>}.
   *
   * @param siteKey names the site, and with it C as the site's class loader sees it
   */
  public static void adopted(Object object, int siteKey) {
    try {
      Layout[] table = HookState.sites;
      Layout layout = siteKey < table.length ? table[siteKey] : null;
      if (layout == null) {
        layout = HookState.site(siteKey, object);
        if (layout == null) {
          return;
        }
      }
      if (!HookState.adopting || !layout.managed()) {
        return;
      }
      if (layout.clean) {
        SiteAdoption.adopt(object, layout);
      } else {
        LateAdoption.adopt(object, layout);
      }
      if (HookState.zeal != 0) {
        zeal();
      }
    } catch (Throwable e) {
      HookState.failed(e);
    }
  }

  @DontInline
  private static void zeal() {
    ThreadRecord record = ThreadRecord.current();
    if (--record.untilZeal <= 0) {
      record.untilZeal = HookState.zeal;
      HookState.backend().zeal(record.open);
    }
  }

  /** After a {@code PUTFIELD} of a boolean or byte field. */
  public static void writtenByte(Object owner, int fieldKey) {
    written(owner, fieldKey, FieldSpec.BYTE);
  }

  /** After a {@code PUTFIELD} of a char or short field. */
  public static void writtenShort(Object owner, int fieldKey) {
    written(owner, fieldKey, FieldSpec.SHORT);
  }

  /** After a {@code PUTFIELD} of an int or float field. */
  public static void writtenInt(Object owner, int fieldKey) {
    written(owner, fieldKey, FieldSpec.INT);
  }

  /** After a {@code PUTFIELD} of a long or double field. */
  public static void writtenLong(Object owner, int fieldKey) {
    written(owner, fieldKey, FieldSpec.LONG);
  }

  /** After a {@code PUTFIELD} of a reference field. */
  public static void writtenRef(Object owner, int fieldKey) {
    written(owner, fieldKey, FieldSpec.REFERENCE);
  }

  private static void written(Object owner, int fieldKey, int copy) {
    if (!SecondLook.isAnyMirrored()) {
      return;
    }
    try {
      long[] table = HookState.fields;
      int at = fieldKey << HookState.STRIDE_SHIFT;
      if (at >= table.length || table[at] == 0) {
        if (!HookState.field(fieldKey, owner)) {
          return;
        }
        table = HookState.fields;
      }
      long spec = table[at];
      if (spec != FieldSpec.NONE) {
        long offsets = table[at + HookState.OFFSETS];
        if (offsets == 0) {
          VarHandle.acquireFence(); // pairs with the release fence between the two stores
          offsets = table[at + HookState.OFFSETS];
        }
        if (copy == FieldSpec.REFERENCE) {
          long targets = table[at + HookState.TARGETS];
          Writes.through(owner, spec, offsets, FieldSpec.REFERENCE, targets);
          if (targets == 0) {
            HookState.targets(fieldKey, owner, spec);
          }
        } else {
          Writes.through(owner, spec, offsets, copy, 0);
        }
      }
    } catch (Throwable e) {
      HookState.failed(e);
    }
  }

  /**
   * After a call of {@code clone()}: a copy that bears its original's pair is given its own mirror.
   *
   * @param result may be null, the receiver itself, or of any class
   */
  public static void cloned(Object receiver, Object result) {
    try {
      if (result != null && result != receiver && HookState.backend() != null) {
        Clones.seen(receiver, result);
      }
    } catch (Throwable e) {
      HookState.failed(e);
    }
  }
}
