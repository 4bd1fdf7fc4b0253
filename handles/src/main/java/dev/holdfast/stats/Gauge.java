package dev.holdfast.stats;

import java.util.function.Function;
import javax.management.Descriptor;
import javax.management.ImmutableDescriptor;
import javax.management.MBeanAttributeInfo;
import javax.management.openmbean.OpenMBeanAttributeInfoSupport;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;

/**
 * One attribute of an MBean.
 *
 * @param <S> what it is read from
 * @param unit goes into JMX's descriptor under the name that JMX gives it
 */
record Gauge<S>(
    String name, String unit, String description, OpenType<?> type, Function<S, Object> read) {

  static Gauge<Figures> number(
      String name, String unit, String description, Function<Figures, Object> read) {
    return new Gauge<>(name, unit, description, SimpleType.LONG, read);
  }

  MBeanAttributeInfo info() {
    Descriptor units = new ImmutableDescriptor("units=" + unit);
    String text = description + " (unit: " + unit + ")";
    if (type instanceof SimpleType<?>) {
      // "long", which simple clients know, and not the java.lang.Long of an open type.
      String plain = type.equals(SimpleType.LONG) ? "long" : type.getClassName();
      return new MBeanAttributeInfo(name, plain, text, true, false, false, units);
    }
    return new OpenMBeanAttributeInfoSupport(name, text, type, true, false, false, units);
  }
}
