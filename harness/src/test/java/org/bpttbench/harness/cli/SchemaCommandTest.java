package org.bpttbench.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bpttbench.experiments.spec.JsonSchema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/**
 * The schema is that of this build, and all sweep files that come with it are valid. With the system property {@code
 * bptt.renew} the committed file is written anew.
 */
class SchemaCommandTest {
    private static final Path SWEEPS = Path.of("src", "main", "resources", "org", "bpttbench", "harness", "sweeps");

    private static final Pattern REFERENCE = Pattern.compile("\"\\$ref\": \"#/definitions/([^\"]*)\"");

    private static final com.networknt.schema.JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(SchemaCommand.text());

    private static boolean isValid(String sweep) {
        return SCHEMA.validate(sweep, InputFormat.YAML).isEmpty();
    }

    @Test
    void theFileBesideTheBundledSweepsIsOfThisBuild() throws IOException {
        Path file = SWEEPS.resolve(JsonSchema.FILE);
        if (Boolean.getBoolean("bptt.renew")) {
            Files.writeString(file, SchemaCommand.text());
        }
        assertThat(Files.readString(file))
                .as("written anew by: mvn verify -Dbptt.renew=true")
                .isEqualTo(SchemaCommand.text());
    }

    /** By names that need no escape, in which readers of references differ. */
    @Test
    void everyReferenceLeadsToADefinition() {
        String text = SchemaCommand.text();
        assertThat(REFERENCE.matcher(text).results().map(found -> found.group(1)))
                .hasSizeGreaterThan(100)
                .allMatch(name -> name.matches("[a-z0-9:._-]+"))
                .allMatch(name -> text.contains('"' + name + "\": {"));
    }

    static Stream<String> bundled() {
        return BundledSweeps.NAMES.stream();
    }

    @ParameterizedTest
    @MethodSource("bundled")
    void bundledSweepsNameItAndAreValid(String name) throws IOException {
        String sweep = new String(BundledSweeps.source(name), StandardCharsets.UTF_8);
        assertThat(sweep).startsWith(JsonSchema.FIRST_LINE + "\n");
        assertThat(SCHEMA.validate(sweep, InputFormat.YAML)).isEmpty();
    }

    @Test
    void whatIsNewIsValid() throws IOException {
        assertThat(SCHEMA.validate(NewCommand.scaffold("mine"), InputFormat.YAML))
                .isEmpty();
    }

    /** The quickstart with one mistake; what is replaced is there, and the rest is valid. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "name: quickstart > name: Quick_start",
                "seed: 1\n > ",
                "replicates: 3 > replicates: 0",
                "replicates: 3 > replicats: 3",
                "type: char-lm > type: char-ml",
                "units: 32 > units: 0",
                "cell: tanh > cell: tan",
                "cell: tanh, units: 32 > cell: tanh",
                "steps: 10000 > stepz: 10000",
                "steps: 10000 > steps: many",
                "rate: 5.0e-3 > rate: 0",
                "{type: adam, rate: 5.0e-3} > adam",
                "update: sequence > update: sometimes",
                "draws: 1000 > draws: 1",
                "at: [0, end] > at: end",
                "accuracy: {every: 5000} > accuracy: {}",
                "  init: >   inti:",
                "  init: >   init.typo:",
                "radius: 0.9 > radius: -1",
                "length: [5, 20] > lenght: [5, 20]",
                "length: [5, 20] > length: [5, 0]",
                "mean: [5, 20], law > mean: [5, 1], law",
                "alpha: 4 > alpha: 2",
                "cuts: shared > cuts: none",
                "{type: full} > {type: fool}",
                "estimator.type: full > estimator.typ: full",
                "estimator.type: full > estimator.type: fool"
            })
    void aMistakeIsRefused(String change) throws IOException {
        String[] words = change.split(" > ", -1);
        String sweep = new String(BundledSweeps.source("quickstart"), StandardCharsets.UTF_8);
        assertThat(sweep).contains(words[0]);
        assertThat(isValid(sweep.replace(words[0], words[1]))).isFalse();
    }

    @Test
    void theCommandPrintsIt() {
        StringWriter out = new StringWriter();
        CommandLine line = Bptt.commandLine().setOut(new PrintWriter(out));
        assertThat(line.execute("schema")).isZero();
        assertThat(out).hasToString(SchemaCommand.text());
        assertThat(List.of("influence-balancing", "spectral-radius", "Werbos 1990", "exclusiveMinimum"))
                .allMatch(out.toString()::contains);
    }
}
