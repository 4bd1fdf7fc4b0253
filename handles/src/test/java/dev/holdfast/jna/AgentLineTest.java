package dev.holdfast.jna;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentLineTest {
  @TempDir Path folder;

  @Test
  void theJarThatHoldsTheApiMayBeTheAgent() throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", "some.Agent");
    Path jar = folder.resolve("any.jar");
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    assertThat(AgentLine.agentFor(jar)).isEqualTo(jar.toString());
  }

  @Test
  void theAgentOfTheSameVersionIsFoundBesideTheApi() throws IOException {
    Path agent = Files.createFile(folder.resolve("holdfast-agent-1.2.jar"));
    assertThat(AgentLine.agentFor(folder.resolve("holdfast-api-1.2.jar")))
        .isEqualTo(agent.toString());
  }

  @Test
  void theAgentOfTheSameVersionIsFoundInTheSameMavenRepository() throws IOException {
    Path version = Files.createDirectories(folder.resolve("holdfast-agent/1.2"));
    Path agent = Files.createFile(version.resolve("holdfast-agent-1.2.jar"));
    assertThat(AgentLine.agentFor(folder.resolve("holdfast-api/1.2/holdfast-api-1.2.jar")))
        .isEqualTo(agent.toString());
  }

  @Test
  void anAgentThatIsNotFoundIsNamed() {
    assertThat(AgentLine.agentFor(folder.resolve("holdfast-api-1.2.jar")))
        .isEqualTo("holdfast-agent-1.2.jar");
    assertThat(AgentLine.agentFor(folder.resolve("classes"))).isEqualTo("holdfast.jar");
    assertThat(AgentLine.agentFor(null)).isEqualTo("holdfast.jar");
  }
}
