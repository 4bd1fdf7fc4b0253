package dev.holdfast.stats;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanException;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.ReflectionException;

/**
 * An MBean over a table of gauges. What a client asks for in one request comes from one reading.
 *
 * @param <S> what the gauges are read from
 */
final class Bean<S> implements DynamicMBean {
  /** What an operation does with its arguments. */
  interface Body {
    Object call(Object[] arguments) throws Exception;
  }

  /**
   * An operation. {@code body} is given as many arguments as there are parameters, each of the type
   * that its parameter says, or null.
   *
   * @param type class name of the result, {@code void} if there is none
   */
  record Operation(
      String name,
      String description,
      String type,
      Body body,
      List<MBeanParameterInfo> parameters) {
    Operation(String name, String description, String type, Callable<Object> body) {
      this(name, description, type, arguments -> body.call(), List.of());
    }

    boolean takes(Object[] arguments, String[] signature) {
      String[] types = parameters.stream().map(MBeanParameterInfo::getType).toArray(String[]::new);
      return (arguments == null ? 0 : arguments.length) == types.length
          && (types.length == 0 || Arrays.equals(types, signature));
    }
  }

  private final String description;
  private final Supplier<S> source;
  private final List<Gauge<S>> gauges;
  private final List<Operation> operations;

  Bean(String description, Supplier<S> source, List<Gauge<S>> gauges, List<Operation> operations) {
    this.description = description;
    this.source = source;
    this.gauges = gauges;
    this.operations = operations;
  }

  @Override
  public Object getAttribute(String name) throws AttributeNotFoundException {
    for (Gauge<S> gauge : gauges) {
      if (gauge.name().equals(name)) {
        return gauge.read().apply(source.get());
      }
    }
    throw new AttributeNotFoundException("no attribute " + name);
  }

  @Override
  public AttributeList getAttributes(String[] names) {
    List<String> wanted = List.of(names);
    S reading = source.get();
    AttributeList found = new AttributeList();
    for (Gauge<S> gauge : gauges) {
      if (wanted.contains(gauge.name())) {
        found.add(new Attribute(gauge.name(), gauge.read().apply(reading)));
      }
    }
    return found;
  }

  @Override
  public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
    throw new AttributeNotFoundException("no writable attribute " + attribute.getName());
  }

  @Override
  public AttributeList setAttributes(AttributeList attributes) {
    return new AttributeList();
  }

  @Override
  public Object invoke(String name, Object[] arguments, String[] signature)
      throws MBeanException, ReflectionException {
    for (Operation operation : operations) {
      if (operation.name().equals(name) && operation.takes(arguments, signature)) {
        try {
          return operation.body().call(arguments);
        } catch (Exception e) {
          // A class of ours would not be found on the client's side: only its text travels.
          throw new MBeanException(new IllegalStateException(e.toString()));
        }
      }
    }
    throw new ReflectionException(new NoSuchMethodException(name));
  }

  @Override
  public MBeanInfo getMBeanInfo() {
    return new MBeanInfo(
        Bean.class.getName(),
        description,
        gauges.stream().map(Gauge::info).toArray(MBeanAttributeInfo[]::new),
        null,
        operations.stream().map(Bean::info).toArray(MBeanOperationInfo[]::new),
        null);
  }

  private static MBeanOperationInfo info(Operation operation) {
    return new MBeanOperationInfo(
        operation.name(),
        operation.description(),
        operation.parameters().toArray(MBeanParameterInfo[]::new),
        operation.type(),
        MBeanOperationInfo.ACTION);
  }
}
