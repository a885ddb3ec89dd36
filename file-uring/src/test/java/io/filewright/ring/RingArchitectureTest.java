package io.filewright.ring;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// Who may use whom in file-uring.
@AnalyzeClasses(packages = "io.filewright.internal.ring", importOptions = DoNotIncludeTests.class)
class RingArchitectureTest {

  @ArchTest
  static final ArchRule SYSTEM_CALLS_ARE_OF_FILE_NATIVE =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.lang.foreign.Linker")
          .orShould()
          .dependOnClassesThat()
          .resideInAnyPackage("jnr..", "com.kenai.jffi..", "reactor..", "sun.misc..");

  @ArchTest
  static final ArchRule ENGINES_DO_NOT_KNOW_THE_API =
      noClasses().should().dependOnClassesThat().resideInAPackage("io.filewright");
}
