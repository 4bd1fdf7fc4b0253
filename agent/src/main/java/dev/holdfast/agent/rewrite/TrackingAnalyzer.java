package dev.holdfast.agent.rewrite;

import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;

/** The data flow of a method, in {@link TrackedFrame}s. */
final class TrackingAnalyzer extends Analyzer<Tracked> {
  private TrackingAnalyzer(boolean inConstructor) {
    super(new TrackingInterpreter(inConstructor));
  }

  /**
   * What is known before each instruction of a method; null for those that are never reached.
   *
   * @param owner internal name of the class that the method is in
   */
  static Frame<Tracked>[] frames(String owner, MethodNode method) throws AnalyzerException {
    return new TrackingAnalyzer(method.name.equals("<init>")).analyze(owner, method);
  }

  @Override
  protected Frame<Tracked> newFrame(int locals, int stack) {
    return new TrackedFrame(locals, stack);
  }

  @Override
  protected Frame<Tracked> newFrame(Frame<? extends Tracked> frame) {
    return new TrackedFrame(frame);
  }
}
