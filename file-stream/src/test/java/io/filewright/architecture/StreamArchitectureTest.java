package io.filewright.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = {
      "io.filewright.stream",
      "io.filewright.internal.blocks",
      "io.filewright.internal.cache",
      "io.filewright.internal.progress"
    },
    importOptions = DoNotIncludeTests.class)
class StreamArchitectureTest {

  @ArchTest
  static final ArchRule BLOCKS_KNOW_NOTHING_OF_STREAMS =
      noClasses()
          .that()
          .resideInAPackage("io.filewright.internal.blocks")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.filewright.stream");

  @ArchTest
  static final ArchRule ONLY_THE_CACHE_USES_CAFFEINE =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.filewright.internal.cache")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.github.benmanes.caffeine..");

  @ArchTest
  static final ArchRule NO_ENGINE_IS_NAMED =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.filewright.internal.os..",
              "io.filewright.internal.map..",
              "io.filewright.internal.load..",
              "io.filewright.internal.ring..",
              "io.filewright.internal.portable..",
              "io.netty..",
              "reactor..");
}
