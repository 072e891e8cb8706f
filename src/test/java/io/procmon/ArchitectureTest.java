package io.procmon;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The map of the packages, executable. */
@AnalyzeClasses(packages = "io.procmon", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] PURE = {
        "io.procmon.process..",
        "io.procmon.homework..",
        "io.procmon.parser..",
        "io.procmon.events..",
        "io.procmon.handlers..",
        "io.procmon.join..",
        "io.procmon.requirements..",
        "io.procmon.workflow.."
    };

    @ArchTest
    static final ArchRule theCore_importsJavaAndCdiAnnotationsOnly = classes()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(PURE)
                    .or(resideInAnyPackage(
                            "java.lang..",
                            "java.time..",
                            "java.util..",
                            "java.nio.charset..",
                            "jakarta.enterprise..",
                            "jakarta.inject..",
                            "jakarta.annotation..")));

    @ArchTest
    static final ArchRule theCore_asksNoDiskNoNetworkAndNoClock = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.nio.file..", "java.net..", "java.lang.foreign..")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime");

    @ArchTest
    static final ArchRule nativeMemory_isInBpfOnly = noClasses()
            .that()
            .resideOutsideOfPackage("io.procmon.bpf..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.lang.foreign..");

    @ArchTest
    static final ArchRule http_isInApiAndWebOnly = noClasses()
            .that()
            .resideOutsideOfPackages("io.procmon.api..", "io.procmon.web..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.eclipse.microprofile.rest.client..", "jakarta.ws.rs..", "io.quarkus.rest..");

    @ArchTest
    static final ArchRule kafka_isInApiOnly = noClasses()
            .that()
            .resideOutsideOfPackage("io.procmon.api..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "io.smallrye.reactive..", "org.eclipse.microprofile.reactive..");

    @ArchTest
    static final ArchRule kernelAndJoin_knowDownstreamNothing = noClasses()
            .that()
            .resideInAnyPackage("io.procmon.bpf..", "io.procmon.join..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.procmon.api..", "io.procmon.metrics..", "io.procmon.config..");

    @ArchTest
    static final ArchRule theAnalysis_isKnownByThoseAlone_whoKeepAndShowIt = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.procmon.bpf..",
                    "io.procmon.join..",
                    "io.procmon.handlers..",
                    "io.procmon.spool..",
                    "io.procmon.api..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.procmon.workflow..", "io.procmon.logbook..", "io.procmon.web..");

    @ArchTest
    static final ArchRule packages_haveNoCycles =
            slices().matching("io.procmon.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nobody_knowsTheRoot = noClasses()
            .that()
            .resideOutsideOfPackage("io.procmon")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.procmon");
}
