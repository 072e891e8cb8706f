package io.procmon;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The permitted dependencies of the packages. */
@AnalyzeClasses(packages = "io.procmon", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    /** Packages that only compute: they use no input, output or clock. */
    private static final String[] PURE = {
        "io.procmon.process..",
        "io.procmon.diagnostics..",
        "io.procmon.symbols..",
        "io.procmon.homework..",
        "io.procmon.parser..",
        "io.procmon.events..",
        "io.procmon.handlers..",
        "io.procmon.join..",
        "io.procmon.classroom.measures..",
        "io.procmon.classroom.mirror..",
        "io.procmon.classroom.workflow..",
        "io.procmon.classroom.pattern.."
    };

    /** The data of the class view that pure packages may know. */
    private static final String COURSE = "io.procmon.classroom.course..";

    /** The watcher: from the kernel to the spool. */
    private static final String[] WATCHER = {
        "io.procmon.ffi..",
        "io.procmon.bpf..",
        "io.procmon.procfs..",
        "io.procmon.symbols..",
        "io.procmon.source..",
        "io.procmon.events..",
        "io.procmon.parser..",
        "io.procmon.homework..",
        "io.procmon.handlers..",
        "io.procmon.join..",
        "io.procmon.stream..",
        "io.procmon.spool..",
        "io.procmon.report..",
        "io.procmon.api.."
    };

    @ArchTest
    static final ArchRule theCore_importsJavaAndCdiAnnotationsOnly = classes()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(PURE)
                    .or(resideInAnyPackage(
                            COURSE,
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
    static final ArchRule nativeMemory_staysWithTheBindings = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.procmon.bpf..", "io.procmon.ffi..", "io.procmon.procfs..", "io.procmon.source..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.lang.foreign..");

    @ArchTest
    static final ArchRule http_staysWithItsResourcesAndItsClient = noClasses()
            .that()
            .resideOutsideOfPackages("io.procmon.api.http..", "io.procmon.web..", "io.procmon.classroom.web..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.eclipse.microprofile.rest.client..", "jakarta.ws.rs..", "io.quarkus.rest..");

    @ArchTest
    static final ArchRule kafka_staysWithItsClient = noClasses()
            .that()
            .resideOutsideOfPackages("io.procmon.api.kafka..", "io.procmon.classroom.kafka..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "io.smallrye.reactive..", "org.eclipse.microprofile.reactive..");

    @ArchTest
    static final ArchRule kernelAndJoin_knowNothingDownstream = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.procmon.ffi..",
                    "io.procmon.bpf..",
                    "io.procmon.procfs..",
                    "io.procmon.source..",
                    "io.procmon.join..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.procmon.stream..",
                    "io.procmon.report..",
                    "io.procmon.spool..",
                    "io.procmon.api..",
                    "io.procmon.metrics..",
                    "io.procmon.config..");

    @ArchTest
    static final ArchRule theClassView_knowsNothingOfTheWatcher = noClasses()
            .that()
            .resideInAPackage("io.procmon.classroom..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(WATCHER);

    @ArchTest
    static final ArchRule theWatcher_meetsTheClassViewInTheStreamAndTheReport = noClasses()
            .that()
            .resideInAnyPackage(WATCHER)
            .and()
            .resideOutsideOfPackages("io.procmon.stream..", "io.procmon.report..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.procmon.classroom..");

    @ArchTest
    static final ArchRule beans_getWhatTheyNeedByConstructor = noFields()
            .should()
            .beAnnotatedWith(jakarta.inject.Inject.class)
            .orShould()
            .beAnnotatedWith(org.eclipse.microprofile.config.inject.ConfigProperty.class)
            .orShould()
            .beAnnotatedWith(org.eclipse.microprofile.rest.client.inject.RestClient.class);

    @ArchTest
    static final ArchRule packages_haveNoCycles =
            slices().matching("io.procmon.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theClassView_hasNoCycles =
            slices().matching("io.procmon.classroom.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule commands_areKnownByMainOnly = noClasses()
            .that()
            .resideOutsideOfPackages("io.procmon", "io.procmon.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.procmon.cli..");

    @ArchTest
    static final ArchRule nobody_knowsTheRoot = noClasses()
            .that()
            .resideOutsideOfPackage("io.procmon")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.procmon");
}
