package org.bpttbench.harness;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the design says of imports, held by the compiled classes. Every rule on what may be used is also shown to find
 * {@link Offences}, and every module to have been read, so none of them passes because it looked at nothing.
 */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("org.bpttbench");

    private static final JavaClasses OFFENCES = new ClassFileImporter().importClasses(Offences.class);

    /** From left to right: a module sees itself and those before it, and nobody sees the optional modules. */
    private enum Module {
        CORE(8),
        VARIANTS(1),
        EXPERIMENTS(1),
        HARNESS(1);

        /** Fewer classes than this were not all of the module. Raise it as the module grows. */
        private final int minimumClasses;

        Module(int minimumClasses) {
            this.minimumClasses = minimumClasses;
        }

        private String packages() {
            return "org.bpttbench." + name().toLowerCase(Locale.ROOT) + "..";
        }

        private String[] visible() {
            return EnumSet.range(CORE, this).stream().map(Module::packages).toArray(String[]::new);
        }
    }

    /** What would make the numbers of core and variants depend on the machine, the hour or the user's language. */
    private enum Ban {
        CONSOLE("java.lang.System.(out|err)"),
        CLOCK("java.lang.System.(currentTimeMillis|nanoTime)\\(\\)"),
        CALENDAR("java.time.*\\.now\\(.*\\)"),
        UNNAMED_RANDOMNESS(
                "(java.lang.Math.random\\(\\)|java.util.(Random|SplittableRandom|concurrent.ThreadLocalRandom|random)\\..*)"),
        /** These differ between virtual machines in the last bit; StrictMath does not. */
        INTRINSICS("java.lang.Math.(sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|exp|expm1|log|log10|log1p|pow|cbrt"
                + "|hypot)\\(.*\\)"),
        DEFAULT_LOCALE(
                "java.lang.String.(format\\(java.lang.String, .*\\)|formatted\\(.*\\)|to(Lower|Upper)Case\\(\\))");

        private final Pattern members;

        Ban(String members) {
            this.members = Pattern.compile(members);
        }

        private ArchCondition<JavaClass> use() {
            return accessTargetWhere(describe(
                    "it is " + members,
                    (JavaAccess<?> access) ->
                            members.matcher(access.getTarget().getFullName()).matches()));
        }
    }

    /** The one place where each library enters. */
    private enum Library {
        EJML("org.ejml..", "org.bpttbench.core.."),
        JACKSON("com.fasterxml..", "org.bpttbench.experiments.."),
        COMMONS_MATH("org.apache.commons.math3..", "org.bpttbench.harness.."),
        JMH("org.openjdk.jmh..", "org.bpttbench.harness.."),
        PICOCLI("picocli..", "org.bpttbench.harness.cli..");

        private final String packages;
        private final String home;

        Library(String packages, String home) {
            this.packages = packages;
            this.home = home;
        }

        private ArchCondition<JavaClass> use() {
            return dependOnClassesThat(resideInAPackage(packages));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theModuleWasRead(Module module) {
        assertThat(CLASSES.that(resideInAPackage(module.packages())))
                .hasSizeGreaterThanOrEqualTo(module.minimumClasses);
    }

    @ParameterizedTest
    @EnumSource
    void importsPointLeft(Module module) {
        noClasses()
                .that()
                .resideInAPackage(module.packages())
                .should()
                .dependOnClassesThat(resideInAPackage("org.bpttbench..").and(not(resideInAnyPackage(module.visible()))))
                .check(CLASSES);
    }

    @Test
    void theAcceleratorSeesCoreAlone() {
        JavaClasses accelerator = CLASSES.that(resideInAPackage("org.bpttbench.accelerator.."));
        assertThat(accelerator).hasSizeGreaterThanOrEqualTo(8);
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("org.bpttbench..")
                        .and(not(resideInAnyPackage("org.bpttbench.accelerator..", Module.CORE.packages()))))
                .check(accelerator);
    }

    @Test
    void packagesFormNoCycles() {
        slices().matching("org.bpttbench.(*).(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @ParameterizedTest
    @EnumSource
    void gradientsDependOnNothingOutside(Ban ban) {
        noClasses()
                .that()
                .resideInAnyPackage(Module.VARIANTS.visible())
                .or()
                .resideInAPackage("org.bpttbench.accelerator..")
                .should(ban.use())
                .check(CLASSES);
        assertFinds(ban.use());
    }

    @ParameterizedTest
    @EnumSource
    void librariesEnterAtOnePlace(Library library) {
        noClasses()
                .that()
                .resideOutsideOfPackage(library.home)
                .should(library.use())
                .check(CLASSES);
        assertFinds(library.use());
    }

    private static void assertFinds(ArchCondition<JavaClass> use) {
        assertThat(noClasses().should(use).evaluate(OFFENCES).hasViolation()).isTrue();
    }

    /** One offence for each ban and each library. */
    @SuppressWarnings("all")
    private static final class Offences {
        org.ejml.data.Matrix ejml;
        com.fasterxml.jackson.core.JsonParser jackson;
        org.apache.commons.math3.util.Pair<String, String> commonsMath;
        org.openjdk.jmh.infra.Blackhole jmh;
        picocli.CommandLine picocli;

        void bans() {
            System.out.println(System.nanoTime());
            System.out.println(java.time.Instant.now());
            System.out.println(new Random().nextInt());
            System.out.println(Math.tanh(1));
            System.out.println(String.format("%f", 1.0));
        }
    }
}
