package dev.holdfast.endtoend.harness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test whose program runs in JVMs of their own, with the packaged agent. It is executed once for
 * each combination of {@link #collectors} and {@link #zeal}, and is given that {@link Jvm}.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(ForkedJvmExtension.class)
public @interface ForkedJvm {
  /** The JVM's garbage collectors; one that the JVM lacks is skipped. */
  JvmCollector[] collectors() default {
    JvmCollector.G1, JvmCollector.PARALLEL, JvmCollector.SERIAL, JvmCollector.ZGC
  };

  /** Values of the agent's option {@code zeal}; 1 moves something at each adoption. */
  int[] zeal() default {1, 0};

  /** The selected classes. */
  String include() default "dev.holdfast.endtoend.app.*";

  /** More of the agent's options, in its own spelling. */
  String agent() default "";

  /** More arguments of the JVM. */
  String[] jvmArgs() default {};
}
