package bypass;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.thoughtworks.xstream.XStream;
import com.thoughtworks.xstream.io.xml.DomDriver;
import java.util.HexFormat;
import org.objenesis.Objenesis;
import org.objenesis.ObjenesisStd;

/** Libraries that read, write and make objects by reflection and {@code Unsafe}. */
final class Libraries {
  private Libraries() {}

  static void run() throws Exception {
    Model.Bike bike = new Model.Bike("shared", 30);
    bike.next = new Model.Bike("inner", 3);
    gson(bike);
    jackson(bike);
    kryo(bike);
    objenesis();
    xstream(bike);
  }

  private static void gson(Model.Bike bike) {
    Gson gson = new GsonBuilder().setPrettyPrinting().serializeNulls().create();
    String text = gson.toJson(bike);
    System.out.println(text);
    Model.Bike back = gson.fromJson(text, Model.Bike.class);
    back.next.counter = 4;
    System.out.println(back + " " + gson.toJson(back));
    System.out.println(gson.toJson(gson.fromJson("{\"spokes\":3,\"weight\":4}", Model.Wheel.class)));
  }

  private static void jackson(Model.Bike bike) throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    mapper.setVisibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY);
    String text = mapper.writeValueAsString(bike);
    System.out.println(text);
    Model.Bike back = mapper.readValue(text, Model.Bike.class);
    back.next.counter += 6;
    System.out.println(mapper.writeValueAsString(back));
    System.out.println(mapper.convertValue(back, java.util.Map.class));
  }

  private static void xstream(Model.Bike bike) {
    XStream xstream = new XStream(new DomDriver());
    xstream.allowTypesByWildcard(new String[] {"bypass.**"});
    bike.wheels.clear(); // it knows no records
    bike.next.wheels.clear();
    String text = xstream.toXML(bike);
    System.out.println(text);
    Model.Bike back = (Model.Bike) xstream.fromXML(text);
    back.next.counter += 7;
    System.out.println(xstream.toXML(back));
  }

  private static void kryo(Model.Bike bike) {
    Kryo kryo = new Kryo();
    kryo.setRegistrationRequired(false);
    kryo.setReferences(true);
    Output out = new Output(64, -1);
    kryo.writeClassAndObject(out, bike);
    System.out.println(HexFormat.of().formatHex(out.toBytes()));
    Model.Bike back = (Model.Bike) kryo.readClassAndObject(new Input(out.toBytes()));
    back.next.counter += 8;
    System.out.println(back);
    Model.Bike copy = kryo.copy(back);
    copy.counter = 99;
    System.out.println(copy + " " + back + " " + (copy.next != back.next));
    Model.Bike shallow = kryo.copyShallow(back);
    shallow.counter = 98;
    System.out.println(shallow + " " + back);
  }

  private static void objenesis() {
    Objenesis objenesis = new ObjenesisStd();
    Model.Bike raw = objenesis.newInstance(Model.Bike.class);
    System.out.println(raw.cached + " " + raw.name() + " " + raw.wheels);
    raw.counter = 3;
    raw.next = objenesis.getInstantiatorOf(Model.Tandem.class).newInstance();
    raw.next.counter = 5;
    System.out.println(raw.counter + " " + raw.next.counter);
  }
}
