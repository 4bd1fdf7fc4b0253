package dev.holdfast.agent.rewrite;

import dev.holdfast.agent.options.Selection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Defines the classes of package {@code sample}, and others that it is given, after the transformer
 * has seen them, as the JVM would with the agent.
 */
final class RewritingLoader extends ClassLoader {
  final Recorder recorder = new Recorder();
  final HoldfastTransformer transformer;
  private final Map<String, byte[]> given = new HashMap<>();

  RewritingLoader(String include) {
    this(include, null, true);
  }

  RewritingLoader(String include, String exclude, boolean adoptAtSites) {
    super(RewritingLoader.class.getClassLoader());
    transformer =
        new HoldfastTransformer(
            Selection.parse(include, exclude), recorder, adoptAtSites, null, Recorder.OWNER);
  }

  /** A class that no file has. */
  RewritingLoader give(String name, byte[] classFile) {
    given.put(name, classFile);
    return this;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      return name.startsWith("sample.") || given.containsKey(name)
          ? define(name)
          : super.loadClass(name, resolve);
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    byte[] bytes = original(name);
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    byte[] rewritten = transformer.transform(this, name.replace('.', '/'), null, null, bytes);
    byte[] defined = rewritten == null ? bytes : rewritten;
    return defineClass(name, defined, 0, defined.length);
  }

  /** The class file before rewriting. */
  byte[] original(String name) {
    try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The class file after rewriting, or null if nothing changes. */
  byte[] rewritten(String name) {
    return transformer.transform(this, name.replace('.', '/'), null, null, original(name));
  }

  @Override
  public InputStream getResourceAsStream(String resource) {
    String name = resource.replace(".class", "").replace('/', '.');
    return given.containsKey(name)
        ? new ByteArrayInputStream(given.get(name))
        : super.getResourceAsStream(resource);
  }

  /** Runs a program of package {@code sample}. */
  @SuppressWarnings("unchecked")
  Object run(String program) {
    try {
      Object made = loadClass(program).getConstructor().newInstance();
      Recorder.take();
      return ((Supplier<Object>) made).get();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(program, e);
    }
  }
}
