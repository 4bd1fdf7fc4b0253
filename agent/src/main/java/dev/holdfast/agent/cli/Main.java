package dev.holdfast.agent.cli;

import dev.holdfast.agent.header.HeaderException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/**
 * {@code java -jar holdfast.jar}. Exit codes: 0 done, 1 it could not be done and a line on standard
 * error says why, 2 the command line is wrong.
 */
@Command(
    name = "java -jar holdfast.jar",
    description = {
      "Lets C hold, refcount and read Java objects.",
      "As an agent: java -javaagent:holdfast.jar=include=com.acme.model.** ..."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    subcommands = HeaderCommand.class,
    synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {
  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }

  public static void main(String... args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              if (!(failure instanceof HeaderException)) {
                throw failure;
              }
              command.getErr().println("holdfast: " + failure.getMessage());
              return command.getCommandSpec().exitCodeOnExecutionException();
            });
  }

  /** What the jar's manifest says. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"holdfast " + (version == null ? "(not from a jar)" : version)};
    }
  }
}
