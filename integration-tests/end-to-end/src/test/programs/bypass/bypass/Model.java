package bypass;

import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamField;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The classes that go through everything. */
final class Model {
  private Model() {}

  enum Size {
    SMALL,
    LARGE {
      @Override
      int rank() {
        return 10;
      }
    };

    int used;

    int rank() {
      return ordinal();
    }
  }

  sealed interface Part permits Wheel, Frame {}

  record Wheel(int spokes, double weight) implements Part, Serializable {}

  static final class Frame implements Part, Serializable {
    String colour;
    Size size;

    Frame() {}

    Frame(String colour, Size size) {
      this.colour = colour;
      this.size = size;
    }
  }

  /** The default serialVersionUID depends on all of this. */
  public static class Bike implements Serializable, Cloneable {
    static int made;
    private String name = "none";
    protected transient long cached = 5;
    public volatile int counter;
    volatile Bike next;
    volatile long stamp;
    List<Wheel> wheels = new ArrayList<>();
    Map<String, Frame> frames = new LinkedHashMap<>();
    private int[] numbers = {1, 2, 3};
    boolean folding;
    char letter = 'x';
    byte small = -1;
    short half = 7;
    float real = 1.5f;
    double precise = 1e-9;

    public Bike() {
      made++;
    }

    public Bike(String name, int spokes) {
      this();
      this.name = name;
      wheels.add(new Wheel(spokes, spokes / 2.0));
      frames.put("main", new Frame("red", spokes > 20 ? Size.LARGE : Size.SMALL));
    }

    String name() {
      return name;
    }

    @Override
    public Bike clone() {
      try {
        Bike copy = (Bike) super.clone();
        copy.numbers = numbers.clone();
        return copy;
      } catch (CloneNotSupportedException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public String toString() {
      return name + " " + counter + " " + wheels + " " + frames.size() + " " + numbers.length
          + (next == null || next == this ? "" : " -> " + next);
    }
  }

  public static final class Tandem extends Bike {
    private static final long serialVersionUID = 42;
    private static final ObjectStreamField[] serialPersistentFields = {
      new ObjectStreamField("riders", int.class)
    };
    int riders = 2;
    Object extra;

    public Tandem() {}

    private void writeObject(ObjectOutputStream out) throws IOException {
      out.defaultWriteObject();
      out.writeUTF("tandem");
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      extra = in.readUTF();
    }
  }

  public static final class Ticket implements Externalizable {
    private long value;

    public Ticket() {}

    Ticket(long value) {
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

    @Override
    public String toString() {
      return "ticket " + value;
    }

    private Object writeReplace() {
      return value < 0 ? new Proxy(-value) : this;
    }

    private record Proxy(long value) implements Serializable {
      private Object readResolve() {
        return new Ticket(value + 1000);
      }
    }
  }
}
