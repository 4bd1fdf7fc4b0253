package dev.holdfast.endtoend.app;

import dev.holdfast.Handle;
import dev.holdfast.Holdfast;
import dev.holdfast.endtoend.support.Check;
import dev.holdfast.endtoend.support.Mirror;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * What Java serialization writes and reads. The argument is what {@link #written} gives in a JVM
 * without Holdfast: nothing may differ.
 */
@SuppressWarnings("unused") // fields that only C and streams read
public final class Serialization {
  private Serialization() {}

  enum Size {
    SMALL,
    LARGE
  }

  /** With the default serialVersionUID, which the class's members determine. */
  public static class Order implements Serializable {
    private final int number;
    protected String customer;
    transient long cached = 5;
    Size size = Size.LARGE;
    Order previous;
    double[] amounts = {1, 2};

    public Order(int number, String customer, Order previous) {
      this.number = number;
      this.customer = customer;
      this.previous = previous;
    }

    void pay(double amount) {
      amounts = Arrays.copyOf(amounts, amounts.length + 1);
      amounts[amounts.length - 1] = amount;
    }
  }

  public static final class Rush extends Order {
    private byte urgency = 9;

    public Rush(int number) {
      super(number, "rush", null);
    }
  }

  public record Pair(Order left, int right) implements Serializable {}

  public static final class Custom implements Externalizable {
    private long value;

    public Custom() {}

    public Custom(long value) {
      this.value = value;
    }

    @Override
    public void writeExternal(ObjectOutput out) throws IOException {
      out.writeLong(value);
    }

    @Override
    public void readExternal(ObjectInput in) throws IOException {
      value = in.readLong();
    }
  }

  /** Another object is written in its place, and it again is read from that. */
  public static final class Replaced implements Serializable {
    private final int value;

    public Replaced(int value) {
      this.value = value;
    }

    private Object writeReplace() {
      return new Proxy(value);
    }

    private record Proxy(int value) implements Serializable {
      private Object readResolve() {
        return new Replaced(value);
      }
    }
  }

  public static void main(String[] args) throws Exception {
    List<String> here = written();
    List<String> elsewhere = Arrays.asList(args[0].split(","));
    for (int i = 0; i < here.size(); i++) {
      Check.equal(elsewhere.get(i), here.get(i), "what is written without Holdfast, entry " + i);
    }
    read();
    aCyclicGraph();
  }

  /** The serialVersionUIDs and the bytes of all. */
  public static List<String> written() throws IOException {
    List<String> written = new ArrayList<>();
    for (Class<?> type :
        List.of(Order.class, Rush.class, Pair.class, Custom.class, Replaced.class)) {
      written.add(Long.toString(ObjectStreamClass.lookup(type).getSerialVersionUID()));
    }
    written.add(Base64.getEncoder().encodeToString(bytes(samples())));
    return written;
  }

  private static Object[] samples() {
    Order order = new Order(1, "Ann", new Order(2, "Bob", null));
    order.pay(17.5);
    return new Object[] {
      order, new Rush(3), new Pair(order, 4), new Custom(5), new Replaced(6), new Order[] {order}
    };
  }

  private static void read() throws Exception {
    Object[] objects = (Object[]) object(bytes(samples()));
    Order order = (Order) objects[0];
    Check.equal(0L, order.cached, "transient");
    order.cached = 8;
    order.previous.customer = "Eve";
    order.pay(3);
    for (int i = 0; i < 5; i++) {
      Mirror.check(objects[i]);
    }
    Mirror.checkAll(order.previous, new Rush(7));
    Check.that(((Pair) objects[2]).left() == order, "the graph's shape");
  }

  private static void aCyclicGraph() throws Exception {
    Order one = new Order(1, "one", null);
    one.previous = new Order(2, "two", one);
    Order again = (Order) object(bytes(one));
    Check.that(again.previous.previous == again, "the cycle");
    // Read from the mirror while nothing of it was given to C before.
    try (Handle handle = Holdfast.handle(again)) {
      Check.that(handle.get() == again, "the handle names it");
    }
    Mirror.checkAll(again, again.previous);
  }

  private static byte[] bytes(Object object) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return bytes.toByteArray();
  }

  private static Object object(byte[] bytes) throws IOException, ClassNotFoundException {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return in.readObject();
    }
  }
}
