package dev.holdfast.agent.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code java -jar holdfast.jar}. */
@Command(name = "holdfast", mixinStandardHelpOptions = true)
public final class Main implements Runnable {
  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }

  public static void main(String... args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }
}
