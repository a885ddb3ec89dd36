package io.filewright.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// Who may use whom in file-api.
@AnalyzeClasses(packages = "io.filewright", importOptions = DoNotIncludeTests.class)
class ApiArchitectureTest {

  private static final DescribedPredicate<JavaClass> OURS = resideInAPackage("io.filewright..");

  @ArchTest static final ArchRule ERRORS_STAND_ALONE = usesOfOursOnly("io.filewright.error");

  @ArchTest
  static final ArchRule SPI_USES_ERRORS_ONLY =
      usesOfOursOnly("io.filewright.spi", "io.filewright.error");

  @ArchTest
  static final ArchRule MEMORY_USES_ERRORS_AND_EVENTS_ONLY =
      usesOfOursOnly("io.filewright.memory", "io.filewright.error", "io.filewright.event");

  @ArchTest static final ArchRule SCANNING_STANDS_ALONE = usesOfOursOnly("io.filewright.scan");

  @ArchTest static final ArchRule EVENTS_STAND_ALONE = usesOfOursOnly("io.filewright.event");

  @ArchTest
  static final ArchRule ATOMIC_WRITING_USES_ERRORS_ONLY =
      usesOfOursOnly(
          "io.filewright.internal.atomic",
          "io.filewright.internal.portable",
          "io.filewright.error");

  /// What is synchronous may be used by what must be.
  @ArchTest
  static final ArchRule ATOMIC_WRITING_IS_SYNCHRONOUS =
      noClasses()
          .that()
          .resideInAPackage("io.filewright.internal.atomic")
          .or()
          .haveNameMatching("io\\.filewright\\.AtomicFile.*")
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.util\\.concurrent\\.(Completable.*|CompletionStage|Flow.*|Thread.*Executor|"
                  + "Executors|ForkJoin.*)|java\\.lang\\.Thread\\$Builder.*");

  @ArchTest
  static final ArchRule INTERNALS_DO_NOT_KNOW_THE_API =
      noClasses()
          .that()
          .resideInAPackage("io.filewright.internal..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.filewright");

  @ArchTest
  static final ArchRule THE_PORTABLE_ENGINE_IS_PURE_JAVA =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.lang.foreign.Linker")
          .orShould()
          .dependOnClassesThat()
          .resideInAnyPackage("io.netty..", "reactor..", "jnr..", "com.kenai.jffi..", "sun.misc..");

  @ArchTest
  static final ArchRule NO_RESTRICTED_METHOD =
      noClasses().should().callMethodWhere(new IsReinterpret());

  private static ArchRule usesOfOursOnly(String owner, String... allowed) {
    var permitted = new String[allowed.length + 1];
    permitted[0] = owner;
    System.arraycopy(allowed, 0, permitted, 1, allowed.length);
    return classes()
        .that()
        .resideInAPackage(owner)
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(permitted).or(DescribedPredicate.not(OURS)));
  }
}
