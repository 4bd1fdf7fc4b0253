package dev.holdfast.collect;

import dev.holdfast.table.HandleException;
import dev.holdfast.table.Status;
import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;

/**
 * The elements of arrays and collections, as C reads them: many in one crossing. A map is read as
 * key, value, key, value, in the order of its entries. Any thread; the collection's own rules hold.
 */
public final class Elements {
  private final Engine engine;

  Elements(Engine engine) {
    this.engine = engine;
  }

  /**
   * How many elements there are.
   *
   * @throws HandleException as {@link Engine#resolve}; ETYPE if it is none of these
   */
  public long length(long handle) {
    return length(engine.resolve(handle));
  }

  private static long length(Object from) {
    if (from.getClass().isArray()) {
      return Array.getLength(from);
    }
    if (from instanceof Collection<?> collection) {
      return collection.size();
    }
    if (from instanceof Map<?, ?> map) {
      return 2L * map.size();
    }
    throw noElements(from);
  }

  /**
   * Counted handles of the elements from {@code first} on, 0 for null: at most {@code most}, fewer
   * where they end. Nothing is left counted if it throws.
   *
   * @throws HandleException as {@link Engine#resolve} and {@link Engine#retain}; ETYPE
   */
  public long[] retain(long handle, long first, int most) {
    Object from = engine.resolve(handle);
    Block block = new Block((int) Math.max(0, Math.min(length(from) - first, most)));
    if (from instanceof Object[] array) {
      for (int i = (int) Math.min(first, array.length); i < array.length && block.wants(); i++) {
        block.add(array[i]);
      }
    } else if (from instanceof List<?> list && list instanceof RandomAccess) {
      for (int i = (int) Math.min(first, list.size()); i < list.size() && block.wants(); i++) {
        block.add(list.get(i));
      }
    } else if (from instanceof Collection<?> collection) {
      read(collection.iterator(), first, block);
    } else if (from instanceof Map<?, ?> map) {
      read(map, first, block);
    } else {
      throw noElements(from); // an array of primitives
    }
    return engine.giveAll(block.elements, block.filled);
  }

  private static void read(Iterator<?> elements, long first, Block block) {
    for (long i = 0; i < first && elements.hasNext(); i++) {
      elements.next();
    }
    while (block.wants() && elements.hasNext()) {
      block.add(elements.next());
    }
  }

  private static void read(Map<?, ?> map, long first, Block block) {
    Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
    for (long i = 0; i < first / 2 && entries.hasNext(); i++) {
      entries.next();
    }
    boolean keyIsRead = first % 2 != 0;
    while (block.wants() && entries.hasNext()) {
      Map.Entry<?, ?> entry = entries.next();
      if (!keyIsRead) {
        block.add(entry.getKey());
      }
      keyIsRead = false;
      if (block.wants()) {
        block.add(entry.getValue());
      }
    }
  }

  private static HandleException noElements(Object object) {
    return new HandleException(
        Status.ETYPE, object.getClass().getName() + ": no array of references, Collection or Map");
  }

  /** Elements that are not counted yet: the collection's own code runs meanwhile. */
  private static final class Block {
    private final Object[] elements;
    private int filled;

    Block(int most) {
      elements = new Object[most];
    }

    boolean wants() {
      return filled < elements.length;
    }

    void add(Object element) {
      elements[filled] = element;
      filled++;
    }
  }
}
