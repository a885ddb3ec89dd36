package io.filewright.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.filewright.AtomicFile;
import io.filewright.FileSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;

/// SYNCHRONOUS ONLY: this module validates, `io.filewright` loads.
@AnalyzeClasses(packages = "io.filewright.cli", importOptions = DoNotIncludeTests.class)
class CliArchitectureTest {

  private static final DescribedPredicate<JavaClass> OURS = resideInAPackage("io.filewright..");

  @ArchTest
  static final ArchRule NOTHING_ASYNCHRONOUS =
      noClasses()
          .should()
          .dependOnClassesThat(
              assignableTo(CompletionStage.class)
                  .or(assignableTo(Future.class))
                  .or(assignableTo(Executor.class))
                  .or(resideInAnyPackage("io.netty..", "reactor..", "org.reactivestreams.."))
                  .or(DescribedPredicate.describe("Flow", c -> c.getName().contains(".Flow"))));

  @ArchTest
  static final ArchRule NO_THREADS =
      noClasses().should().callConstructor(Thread.class, Runnable.class);

  @ArchTest
  static final ArchRule OF_THE_API_ONLY_WHAT_VALIDATION_NEEDS =
      classes()
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage("io.filewright.cli", "io.filewright.error", "io.filewright.spi")
                  .or(type(FileSource.class))
                  .or(type(AtomicFile.class))
                  .or(DescribedPredicate.not(OURS)));
}
