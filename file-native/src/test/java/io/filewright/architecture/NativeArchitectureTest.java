package io.filewright.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// Who may use whom in file-native.
@AnalyzeClasses(
    packages = {
      "io.filewright.internal.os",
      "io.filewright.internal.map",
      "io.filewright.internal.load"
    },
    importOptions = DoNotIncludeTests.class)
class NativeArchitectureTest {

  @ArchTest
  static final ArchRule ONLY_OS_CALLS_THE_SYSTEM =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.filewright.internal.os..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.lang.foreign.Linker")
          .orShould()
          .dependOnClassesThat()
          .resideInAnyPackage("jnr..", "com.kenai.jffi..");

  @ArchTest
  static final ArchRule NO_NETTY_AND_NO_REACTOR =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.netty..", "reactor..", "sun.misc..");

  @ArchTest
  static final ArchRule ENGINES_DO_NOT_KNOW_THE_API =
      noClasses().should().dependOnClassesThat().resideInAPackage("io.filewright");

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices().matching("io.filewright.internal.(*)..").should().beFreeOfCycles();
}
