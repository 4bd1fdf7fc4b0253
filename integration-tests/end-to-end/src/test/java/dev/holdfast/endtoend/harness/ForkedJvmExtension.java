package dev.holdfast.endtoend.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Executes a {@link ForkedJvm} test once for each kind of JVM that it names. */
final class ForkedJvmExtension implements TestTemplateInvocationContextProvider {
  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return true; // registered by the annotation alone
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    ForkedJvm wanted = context.getRequiredTestMethod().getAnnotation(ForkedJvm.class);
    List<TestTemplateInvocationContext> invocations = new ArrayList<>();
    for (JvmCollector collector : wanted.collectors()) {
      for (int zeal : wanted.zeal()) {
        invocations.add(new Invocation(wanted, collector, zeal));
      }
    }
    return invocations.stream();
  }

  private record Invocation(ForkedJvm wanted, JvmCollector collector, int zeal)
      implements TestTemplateInvocationContext {
    @Override
    public String getDisplayName(int index) {
      return collector + (zeal == 0 ? "" : ", zeal=" + zeal);
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(new Presence(collector), new JvmParameter(jvm()));
    }

    private Jvm jvm() {
      Jvm jvm = Jvm.underTest().with(collector.argument()).with(wanted.jvmArgs());
      jvm = jvm.agent("include=" + wanted.include());
      jvm = wanted.agent().isEmpty() ? jvm : jvm.agent(wanted.agent());
      return zeal == 0 ? jvm : jvm.agent("zeal=" + zeal);
    }
  }

  private record Presence(JvmCollector collector) implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return collector.isPresent()
          ? ConditionEvaluationResult.enabled("present")
          : ConditionEvaluationResult.disabled(
              "this JVM has no "
                  + collector
                  + ": apt-get install -y temurin-25-jdk, or another build of OpenJDK");
    }
  }

  private record JvmParameter(Jvm jvm) implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Jvm.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return jvm;
    }
  }
}
