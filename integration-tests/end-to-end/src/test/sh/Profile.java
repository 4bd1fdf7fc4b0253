import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * Says of a recording what the agent's parts take of the Java threads, in samples, and what the
 * JVM's compilers spend on whose methods, in seconds of the clock.
 */
final class Profile {
  private final Map<String, Integer> samples = new TreeMap<>();
  private final Map<String, Double> compiling = new TreeMap<>();

  public static void main(String[] args) throws IOException {
    Profile profile = new Profile();
    try (RecordingFile file = new RecordingFile(Path.of(args[0]))) {
      while (file.hasMoreEvents()) {
        profile.add(file.readEvent());
      }
    }
    System.out.println("samples of the threads:   " + profile.samples);
    profile.compiling.replaceAll((whose, seconds) -> Math.round(seconds * 100) / 100.0);
    System.out.println("seconds of the compilers: " + profile.compiling);
  }

  private void add(RecordedEvent event) {
    switch (event.getEventType().getName()) {
      case "jdk.Compilation" -> {
        RecordedMethod method = event.getValue("method");
        double seconds = event.getDuration().toNanos() / 1e9;
        compiling.merge(owner(method.getType().getName()), seconds, Double::sum);
      }
      case "jdk.ExecutionSample" -> {
        RecordedThread thread = event.getThread("sampledThread");
        RecordedStackTrace trace = event.getStackTrace();
        if (thread != null && trace != null) {
          String name = thread.getJavaName();
          boolean ours = name != null && name.startsWith("holdfast-");
          samples.merge(ours ? "Holdfast's threads" : part(trace), 1, Integer::sum);
        }
      }
      default -> {
        // not asked for
      }
    }
  }

  /** The agent's outermost part that runs. */
  private static String part(RecordedStackTrace trace) {
    String part = "program";
    for (RecordedFrame frame : trace.getFrames()) {
      String type = frame.getMethod().getType().getName();
      if (type.equals("dev.holdfast.hook.Hooks")) {
        part = frame.getMethod().getName().equals("adopted") ? "adoption" : "write-through";
      } else if (type.endsWith("HoldfastTransformer")) {
        return "rewriting";
      }
    }
    return part;
  }

  private static String owner(String type) {
    if (type.startsWith("dev.holdfast.hook") || type.startsWith("java.lang.Holdfast")) {
      return "hooks";
    }
    if (type.startsWith("dev.holdfast")) {
      return "agent";
    }
    return type.startsWith("java.") || type.startsWith("jdk.") ? "JDK" : "program";
  }
}
