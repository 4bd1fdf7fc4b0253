package bypass;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/** Java serialization: what is written, and what is read of another run's bytes. */
final class Streams {
  private Streams() {}

  static void run(Path exchange) throws Exception {
    for (Class<?> type : Main.CLASSES) {
      ObjectStreamClass stream = ObjectStreamClass.lookupAny(type);
      System.out.println(type.getName() + " " + stream.getSerialVersionUID());
    }
    Model.Bike bike = new Model.Bike("first", 24);
    bike.next = new Model.Bike("second", 12);
    bike.next.next = bike;
    Model.Tandem tandem = new Model.Tandem();
    tandem.riders = 3;
    Runnable lambda = (Runnable & java.io.Serializable) () -> System.out.println("run " + tandem);
    Object[] all = {
      bike, tandem, new Model.Ticket(7), new Model.Ticket(-7), Model.Size.LARGE, bike.wheels, lambda
    };
    byte[] bytes = bytes(all);
    System.out.println(HexFormat.of().formatHex(bytes));
    if (Files.exists(exchange)) {
      show(Files.readAllBytes(exchange));
    } else {
      Files.write(exchange, bytes);
      show(bytes);
    }
    Files.write(exchange, bytes);
  }

  private static byte[] bytes(Object object) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return bytes.toByteArray();
  }

  private static void show(byte[] bytes) throws Exception {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      Object[] all = (Object[]) in.readObject();
      Model.Bike bike = (Model.Bike) all[0];
      bike.cached += 2;
      bike.next.counter++;
      System.out.println(bike.name() + bike.cached + bike.next.name() + (bike.next.next == bike));
      System.out.println(((Model.Tandem) all[1]).riders + " " + ((Model.Tandem) all[1]).extra);
      System.out.println(all[2] + " " + all[3] + " " + all[4] + " " + all[5]);
      ((Runnable) all[6]).run();
    }
  }
}
