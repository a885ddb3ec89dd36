package io.filewright.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.filewright.netty", importOptions = DoNotIncludeTests.class)
class NettyArchitectureTest {

  @ArchTest
  static final ArchRule ONLY_WHAT_IS_PUBLIC =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.filewright.internal..", "io.filewright.spi..", "reactor..");
}
