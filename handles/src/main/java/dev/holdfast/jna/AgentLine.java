package dev.holdfast.jna;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.jar.JarFile;

/** The JVM's argument that would give classes mirrors, for errors where the agent does not run. */
public final class AgentLine {
  private static final String UNKNOWN = "holdfast.jar";
  private static final String API = "holdfast-api";
  private static final String AGENT = "holdfast-agent";

  private AgentLine() {}

  /** {@code -javaagent:/path/of/the/agent.jar=include=}, to which patterns are to be appended. */
  public static String untilPatterns() {
    return "-javaagent:" + agentFor(ownFile()) + "=include=";
  }

  /** Where these classes come from; null if that is no file. */
  private static Path ownFile() {
    try {
      CodeSource source = AgentLine.class.getProtectionDomain().getCodeSource();
      return source == null || source.getLocation() == null
          ? null
          : Path.of(source.getLocation().toURI());
    } catch (URISyntaxException | RuntimeException e) {
      return null;
    }
  }

  /**
   * The agent's jar: the one that holds the API itself; else the one of the same version beside it
   * or in the same Maven repository; else its bare name.
   */
  static String agentFor(Path api) {
    if (api == null || api.getFileName() == null) {
      return UNKNOWN;
    }
    if (isAgent(api)) {
      return api.toString();
    }
    String name = api.getFileName().toString();
    if (!name.startsWith(API)) {
      return UNKNOWN;
    }
    String agent = name.replace(API, AGENT);
    Path beside = api.resolveSibling(agent);
    if (Files.isRegularFile(beside)) {
      return beside.toString();
    }
    Path version = api.toAbsolutePath().getParent();
    Path group = version.getParent() == null ? null : version.getParent().getParent();
    if (group != null) {
      Path inRepository = group.resolve(AGENT).resolve(version.getFileName()).resolve(agent);
      if (Files.isRegularFile(inRepository)) {
        return inRepository.toString();
      }
    }
    return agent;
  }

  private static boolean isAgent(Path file) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (JarFile jar = new JarFile(file.toFile())) {
      return jar.getManifest() != null
          && jar.getManifest().getMainAttributes().getValue("Premain-Class") != null;
    } catch (IOException e) {
      return false;
    }
  }
}
