package dev.sluice.endtoend;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.sluice.contract.id.SubmissionId;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Data flows one way, and each module depends only on what docs/architecture.md allows. Benchmarks and examples are not
 * checked, because nothing depends on them.
 */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.sluice");

    private static final String CONTRACT = "dev.sluice.contract..";
    private static final String SERVICE = "dev.sluice.service..";
    private static final String HTTP = "dev.sluice.http..";
    private static final String INGEST = "dev.sluice.ingest..";
    private static final String PROCESSOR = "dev.sluice.processor..";
    private static final String EMBEDDED = "dev.sluice.embedded..";
    private static final String STANDALONE = "dev.sluice.standalone..";

    static final List<ArchRule> RULES = List.of(
            noClasses()
                    .that()
                    .resideInAPackage(CONTRACT)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(SERVICE, HTTP, INGEST, PROCESSOR, EMBEDDED, STANDALONE, "io.helidon..")
                    .because("the contract is plain Java that both sides speak"),
            noClasses()
                    .that()
                    .resideInAPackage(SERVICE)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(HTTP, INGEST, PROCESSOR, EMBEDDED, STANDALONE, "io.helidon..")
                    .because("what runs a service knows nothing of what it serves"),
            noClasses()
                    .that()
                    .resideInAPackage(HTTP)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(INGEST, PROCESSOR, EMBEDDED, STANDALONE)
                    .because("both edges share it, so it knows neither of them"),
            noClasses()
                    .that()
                    .resideInAPackage(INGEST)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(PROCESSOR, EMBEDDED, STANDALONE)
                    .because("data flows from ingest-api, never to it"),
            noClasses()
                    .that()
                    .resideInAPackage(PROCESSOR)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(INGEST, EMBEDDED, STANDALONE)
                    .because("session-processor knows the log, not who writes to it"),
            noClasses()
                    .that()
                    .resideInAPackage(EMBEDDED)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(CONTRACT, SERVICE, HTTP, INGEST, PROCESSOR, STANDALONE)
                    .because("a broker and a store know nothing of what is kept in them"),
            noClasses()
                    .that()
                    .resideInAPackage("dev.sluice.test..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(SERVICE, HTTP, INGEST, PROCESSOR, STANDALONE)
                    .because("what tests a service from outside does not know it"),
            noClasses()
                    .that()
                    .resideOutsideOfPackages(PROCESSOR, STANDALONE, "dev.sluice.test..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("com.mongodb..", "org.bson..", "org.springframework..")
                    .because("only session-processor knows MongoDB and Spring"),
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.sluice.contract.id")
                    .should()
                    .callConstructor(SubmissionId.class, int.class, long.class)
                    .because("only IdBase knows which position an offset stands for"),
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("lombok..", "org.mapstruct..", "java.util.logging..")
                    .because("we write what we mean, and log in one way"),
            noClasses()
                    .should()
                    .haveSimpleNameEndingWith("Impl")
                    .orShould()
                    .haveSimpleNameEndingWith("Manager")
                    .orShould()
                    .haveSimpleNameEndingWith("Helper")
                    .orShould()
                    .haveSimpleNameEndingWith("Util")
                    .orShould()
                    .haveSimpleNameEndingWith("Utils")
                    .orShould()
                    .haveSimpleNameEndingWith("Dto")
                    .orShould()
                    .haveSimpleNameStartingWith("Abstract")
                    .because("a name says what a thing is"),
            slices().matching("dev.sluice.(*).(*)..")
                    .should()
                    .beFreeOfCycles()
                    .because("packages are by feature, and features build on one another"),
            slices().matching("dev.sluice.processor.read.(*)..")
                    .should()
                    .beFreeOfCycles()
                    .because("what is read is by feature too"),
            classes()
                    .that()
                    .areAnnotatedWith("org.springframework.context.annotation.Configuration")
                    .should()
                    .resideInAPackage(PROCESSOR)
                    .because("Spring stays where it earns its place"));

    @ParameterizedTest
    @FieldSource("RULES")
    void holds(ArchRule rule) {
        rule.check(CLASSES);
    }
}
