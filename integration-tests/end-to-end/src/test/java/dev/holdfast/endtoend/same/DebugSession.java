package dev.holdfast.endtoend.same;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.Field;
import com.sun.jdi.LocalVariable;
import com.sun.jdi.Location;
import com.sun.jdi.Method;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.StackFrame;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.Value;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.connect.ListeningConnector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.StepEvent;
import com.sun.jdi.event.VMDisconnectEvent;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequest;
import com.sun.jdi.request.StepRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A debugger, as those of development environments are. */
final class DebugSession implements AutoCloseable {
  private static final int STEPS = 200;

  private final ListeningConnector connector =
      Bootstrap.virtualMachineManager().listeningConnectors().stream()
          .filter(one -> one.name().equals("com.sun.jdi.SocketListen"))
          .findFirst()
          .orElseThrow();
  private final Map<String, Connector.Argument> arguments = connector.defaultArguments();
  private final String address;

  DebugSession() throws Exception {
    arguments.get("localAddress").setValue("127.0.0.1");
    arguments.get("timeout").setValue("60000");
    address = connector.startListening(arguments);
  }

  /** Has a JVM connect to this debugger, and wait. */
  String argument() {
    String port = address.substring(address.lastIndexOf(':') + 1);
    return "-agentlib:jdwp=transport=dt_socket,server=n,suspend=y,address=127.0.0.1:" + port;
  }

  /**
   * Stops at the method's beginning, steps into everything of its class until it has returned, and
   * lets the program go.
   *
   * @return place, variables and fields of {@code this}, at each step
   */
  List<String> stepThrough(String className, String method) throws Exception {
    VirtualMachine machine = connector.accept(arguments);
    ClassPrepareRequest prepared = machine.eventRequestManager().createClassPrepareRequest();
    prepared.addClassFilter(className);
    prepared.enable();
    List<String> steps = new ArrayList<>();
    boolean connected = true;
    while (connected) {
      EventSet events = machine.eventQueue().remove();
      for (Event event : events) {
        if (event instanceof ClassPrepareEvent prepare) {
          Method stopAt = prepare.referenceType().methodsByName(method).get(0);
          machine.eventRequestManager().createBreakpointRequest(stopAt.location()).enable();
        } else if (event instanceof BreakpointEvent reached) {
          steps.add(seen(reached.thread()));
          step(machine, reached.thread(), className);
        } else if (event instanceof StepEvent stepped) {
          steps.add(seen(stepped.thread()));
          if (stepped.location().method().name().equals("main") || steps.size() > STEPS) {
            machine.eventRequestManager().deleteEventRequest(stepped.request());
          }
        }
        connected &= !(event instanceof VMDisconnectEvent);
      }
      events.resume();
    }
    return steps;
  }

  /**
   * Suspends a thread, and no other, where it next begins another method once it has called the
   * program's.
   */
  ThreadReference suspendInside(String className, String method, String inside, String begins)
      throws Exception {
    VirtualMachine machine = connector.accept(arguments);
    ClassPrepareRequest prepared = machine.eventRequestManager().createClassPrepareRequest();
    prepared.addClassFilter(className);
    prepared.enable();
    ThreadReference called = null;
    while (true) {
      EventSet events = machine.eventQueue().remove();
      for (Event event : events) {
        if (event instanceof ClassPrepareEvent prepare) {
          stopAt(machine, prepare.referenceType(), method, null);
        } else if (event instanceof BreakpointEvent reached && called == null) {
          called = reached.thread();
          stopAt(machine, machine.classesByName(inside).get(0), begins, called);
        } else if (event instanceof BreakpointEvent reached) {
          machine.eventRequestManager().deleteAllBreakpoints();
          return reached.thread();
        }
      }
      events.resume();
    }
  }

  private static void stopAt(
      VirtualMachine machine, ReferenceType type, String method, ThreadReference only) {
    BreakpointRequest request =
        machine
            .eventRequestManager()
            .createBreakpointRequest(type.methodsByName(method).get(0).location());
    if (only != null) {
      request.addThreadFilter(only);
    }
    request.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
    request.enable();
  }

  private static void step(VirtualMachine machine, ThreadReference thread, String className) {
    StepRequest step =
        machine
            .eventRequestManager()
            .createStepRequest(thread, StepRequest.STEP_LINE, StepRequest.STEP_INTO);
    step.addClassFilter(className + "*");
    step.setSuspendPolicy(EventRequest.SUSPEND_ALL);
    step.enable();
  }

  private static String seen(ThreadReference thread) throws Exception {
    StackFrame frame = thread.frame(0);
    Location at = frame.location();
    StringBuilder seen = new StringBuilder();
    seen.append(at.declaringType().name()).append('.').append(at.method().name());
    seen.append(':').append(at.lineNumber()).append(" depth ").append(thread.frameCount());
    for (LocalVariable variable : frame.visibleVariables()) {
      seen.append(' ').append(variable.name()).append('=');
      seen.append(shown(frame.getValue(variable)));
    }
    if (frame.thisObject() != null) {
      seen.append(" this=").append(shown(frame.thisObject()));
    }
    return seen.toString();
  }

  /** Identities differ from run to run: an object is shown by its class and numbers. */
  private static String shown(Value value) {
    if (!(value instanceof ObjectReference object)) {
      return String.valueOf(value);
    }
    StringBuilder shown = new StringBuilder(object.referenceType().name());
    for (Field field : object.referenceType().allFields()) {
      // A debugger shows synthetic fields too, unless it is told not to.
      if (!field.isSynthetic() && !field.isStatic() && field.typeName().equals("int")) {
        shown.append(',').append(field.name()).append(':').append(object.getValue(field));
      }
    }
    return shown.toString();
  }

  @Override
  public void close() throws IOException, IllegalConnectorArgumentsException {
    connector.stopListening(arguments);
  }
}
