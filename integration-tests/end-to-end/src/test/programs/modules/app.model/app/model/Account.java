package app.model;

public class Account implements Cloneable, java.io.Serializable {
  protected long balance;
  Account parent;

  public Account(Account parent) {
    this.parent = parent;
  }

  public void add(long amount) {
    balance += amount;
    if (parent != null) {
      parent.add(amount);
    }
  }

  public long balance() {
    return balance;
  }

  @Override
  public Account clone() throws CloneNotSupportedException {
    return (Account) super.clone();
  }
}
