package app.model;

public interface Audited {
  String audit();

  /** Found by the service loader. */
  final class Plain implements Audited {
    private int audits;

    @Override
    public String audit() {
      return "audit " + ++audits;
    }
  }
}
