package io.filewright.proofs;

import static org.assertj.core.api.Assertions.assertThat;

import edu.mit.csail.sdg.alloy4.A4Reporter;
import edu.mit.csail.sdg.ast.Command;
import edu.mit.csail.sdg.ast.Module;
import edu.mit.csail.sdg.parser.CompUtil;
import edu.mit.csail.sdg.translator.A4Options;
import edu.mit.csail.sdg.translator.A4Solution;
import edu.mit.csail.sdg.translator.TranslateAlloyToKodkod;
import java.util.stream.Stream;
import kodkod.engine.satlab.SATFactory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Each command of an Alloy model ends as the model expects: a sound check finds no counterexample,
/// one with a planted mistake finds one, and what must be possible is.
class AlloyTest {

  @TestFactory
  Stream<DynamicTest> handle() {
    return commands("handle.als", 9);
  }

  @TestFactory
  Stream<DynamicTest> region() {
    return commands("region.als", 9);
  }

  /// @param count how many commands the model has, so that none gets lost
  private static Stream<DynamicTest> commands(String name, int count) {
    Module model = CompUtil.parseEverything_fromString(A4Reporter.NOP, Models.text(name));
    assertThat(model.getAllCommands()).hasSize(count);
    return model.getAllCommands().stream()
        .map(command -> DynamicTest.dynamicTest(command.label, () -> execute(model, command)));
  }

  private static void execute(Module model, Command command) {
    var options = new A4Options();
    options.solver = SATFactory.DEFAULT; // SAT4J
    A4Solution solution =
        TranslateAlloyToKodkod.execute_command(
            A4Reporter.NOP, model.getAllReachableSigs(), command, options);
    assertThat(command.expects).as("%s says what it expects", command).isIn(0, 1);
    assertThat(command.expects)
        .as("what %s expects is what its name says", command)
        .isEqualTo(command.label.startsWith("sound") ? 0 : 1);
    assertThat(solution.satisfiable())
        .as(() -> command + (solution.satisfiable() ? "\n" + solution : " found nothing"))
        .isEqualTo(command.expects == 1);
  }
}
