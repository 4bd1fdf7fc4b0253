package dev.holdfast.collect;

import dev.holdfast.fixture.Probe;
import java.util.function.ObjLongConsumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.ActionChainArbitrary;
import net.jqwik.api.state.Transformer;

/**
 * Random steps of a program and a C library against a plain Java model of what must come of them.
 */
@Tag("engine")
class RandomStepsTest {
  private static final int STEPS = 60;

  @BeforeContainer
  static void start() {
    Probe.start();
  }

  @Property(tries = 50)
  void allIsAsInThePlainModelAfterEachStep(@ForAll("chains") ActionChain<GraphModel> chain) {
    GraphModel end = chain.withInvariant("as in the model", GraphModel::check).run();
    end.giveAllBack();
  }

  @Provide
  ActionChainArbitrary<GraphModel> chains() {
    return ActionChain.startWith(GraphModel::new)
        .withAction(8, step("allocate", GraphModel::allocate))
        .withAction(5, step("link", GraphModel::link))
        .withAction(2, step("unlink", GraphModel::unlink))
        .withAction(4, step("write", GraphModel::write))
        .withAction(4, step("retain in Java", GraphModel::retainInJava))
        .withAction(3, step("retain in C", GraphModel::retainInC))
        .withAction(3, step("release in C", GraphModel::releaseInC))
        .withAction(3, step("release in Java", GraphModel::releaseInJava))
        .withAction(4, step("drop", GraphModel::drop))
        .withAction(2, step("take back", GraphModel::takeBack))
        .withAction(4, step("move", GraphModel::move))
        .withAction(1, step("collect", GraphModel::collect))
        .withMaxTransformations(STEPS);
  }

  /** A step that draws a number to choose its objects by. */
  private static Action.Independent<GraphModel> step(
      String name, ObjLongConsumer<GraphModel> does) {
    return new Action.Independent<>() {
      @Override
      public Arbitrary<Transformer<GraphModel>> transformer() {
        return Arbitraries.longs()
            .greaterOrEqual(0)
            .map(drawn -> Transformer.mutate(name, model -> does.accept(model, drawn)));
      }
    };
  }
}
