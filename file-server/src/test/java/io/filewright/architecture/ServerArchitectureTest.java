package io.filewright.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.filewright.server", importOptions = DoNotIncludeTests.class)
class ServerArchitectureTest {

  @ArchTest
  static final ArchRule ONLY_WHAT_IS_PUBLIC =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.filewright.internal..", "reactor..");

  @ArchTest
  static final ArchRule TRANSPORTS_ARE_CHOSEN_ELSEWHERE =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.netty.channel.epoll..", "io.netty.channel.uring..");
}
