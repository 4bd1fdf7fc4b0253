package bypass;

import java.util.function.Supplier;

/** Defined as a hidden class. */
final class Secret implements Supplier<String> {
  private int calls;
  private Model.Bike last;
  private final Supplier<Model.Bike> maker = Model.Bike::new;

  @Override
  public String get() {
    calls++;
    Model.Bike bike = new Model.Bike("secret", calls);
    bike.next = last;
    bike.counter = calls;
    last = bike.clone();
    last.next = maker.get();
    last.next.counter = 10;
    return calls + " " + last;
  }
}
