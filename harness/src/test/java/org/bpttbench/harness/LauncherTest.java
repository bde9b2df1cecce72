package org.bpttbench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code scripts/bptt} in a folder of its own that is built already: what it starts, with which archive of classes. */
class LauncherTest {
    private static final String VECTOR = "--add-modules jdk.incubator.vector";
    private static final String SHORT = "-XX:TieredStopAtLevel=1";
    private static final String PREPARING = "bptt: preparing quick starts with Java ";
    private static final String SWEEP = """
            name: tiny
            seed: 1
            task: {type: influence-balancing, units: 5, positive: 2}
            init: {type: constant, value: 0.5}
            measure: {bias: {length: 20, draws: 30}}
            estimator: full
            """;

    @TempDir
    Path root;

    private Path lib = Path.of("");

    private record Answer(int code, String out, String err) {}

    @BeforeEach
    void install() throws IOException {
        lib = root.resolve("harness/target/lib");
        Files.createDirectories(lib);
        Files.createDirectory(root.resolve("scripts"));
        Files.copy(launcher(), root.resolve("scripts/bptt"));
        Files.writeString(root.resolve("pom.xml"), "<project/>");
        Files.createFile(lib.resolve(".built"));
    }

    private static Path launcher() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(folder.resolve("scripts/bptt"))) {
            folder = Objects.requireNonNull(folder.getParent(), "the tests run below the project's root");
        }
        return folder.resolve("scripts/bptt");
    }

    private Answer bptt(Path javaHome, String options, String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("sh", "scripts/bptt"));
        line.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(root.toFile())
                .redirectOutput(root.resolve("out").toFile())
                .redirectError(root.resolve("err").toFile());
        Map<String, String> environment = builder.environment();
        environment.put("JAVA_HOME", javaHome.toString());
        environment.put("BPTT_JAVA_OPTS", options);
        environment.remove("JAVA_TOOL_OPTIONS");
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        return new Answer(
                process.waitFor(), Files.readString(root.resolve("out")), Files.readString(root.resolve("err")));
    }

    private List<Path> archives() throws IOException {
        try (Stream<Path> files = Files.list(lib)) {
            return files.filter(file -> file.toString().endsWith(".jsa")).toList();
        }
    }

    /** A Java that prints what it is started with. */
    private Path echo(String release, String version) throws IOException {
        Path home = Files.createDirectories(root.resolve("jdk"));
        Path program = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(program, """
                #!/bin/sh
                case " $* " in
                    *' -version '*) echo 'openjdk version "%s"' >&2 ;;
                    *) echo "$@" ;;
                esac
                """.formatted(version));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        if (!release.isEmpty()) {
            Files.writeString(home.resolve("release"), release);
        }
        return home;
    }

    private static String release(String version, String modules) {
        return "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\nMODULES=\"" + modules + "\"\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "run --help", "list", "show artbp", "explain verdict", "status"})
    void whatOnlyTellsStartsShort(String line) throws IOException, InterruptedException {
        Path java = echo(release("17.0.15", "java.base jdk.incubator.vector"), "0");
        assertThat(bptt(java, "", line.split(" ")).out)
                .contains(SHORT)
                .doesNotContain("--add-modules")
                .endsWith("org.bpttbench.harness.cli.Bptt " + line + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run ./show.yaml", "gradcheck", "runtime quickstart"})
    void whatComputesGetsTheWholeCompilerAndTheVectors(String line) throws IOException, InterruptedException {
        Path java = echo(release("17.0.15", "java.base jdk.incubator.vector"), "0");
        assertThat(bptt(java, "-Xmx99m", line.split(" ")).out).contains(VECTOR).contains("-Xmx99m");
        assertThat(bptt(java, "", (line + " --backend plain").split(" ")).out).doesNotContain("--add-modules");
    }

    /** Java cannot ask; a file for standard error is no terminal, whatever the caller's environment says. */
    @Test
    void whetherStandardErrorIsATerminalIsTold() throws IOException, InterruptedException {
        Path java = echo(release("17.0.15", "java.base"), "0");
        Path program = java.resolve("bin/java");
        Files.writeString(program, "#!/bin/sh\necho \"columns=${BPTT_ERR_COLUMNS-none}\"\n");
        assertThat(bptt(java, "", "list").out).isEqualTo("columns=none\n");
        Path script = Path.of("/usr/bin/script");
        assumeThat(script).isExecutable();
        String line =
                "stty cols 97; JAVA_HOME=" + java + " BPTT_ERR_COLUMNS=7 sh scripts/bptt list 2>&1 >" + root + "/told";
        Process process = new ProcessBuilder(script.toString(), "-qec", line, "/dev/null")
                .directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("screen").toFile())
                .start();
        process.getOutputStream().close();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assumeThat(process.exitValue()).as("the options of util-linux").isZero();
        assertThat(Files.readString(root.resolve("told"))).isEqualTo("columns=97\n");
    }

    @Test
    void aJavaWithoutTheModuleIsNotAskedForIt() throws IOException, InterruptedException {
        Path java = echo(release("21", "java.base jdk.incubator.vectors"), "0");
        assertThat(bptt(java, "", "gradcheck").out).contains("Bptt gradcheck").doesNotContain("--add-modules");
    }

    /** With a file that tells, without one, and with one that tells too little. */
    @ParameterizedTest
    @ValueSource(strings = {"JAVA_VERSION=\"11.0.2\"\nMODULES=\"java.base\"\n", "", "JAVA_VERSION=\"99\"\n"})
    void anOldJavaIsRefused(String release) throws IOException, InterruptedException {
        Answer answer = bptt(echo(release, "11.0.2"), "", "list");
        assertThat(answer.code).isEqualTo(2);
        assertThat(answer.out).isEmpty();
        assertThat(answer.err).contains("Java 17 or newer is needed").contains("is Java 11");
        assertThat(archives()).isEmpty();
    }

    @Test
    void anArchiveThatCannotBeMadeIsTriedOnce() throws IOException, InterruptedException {
        Path java = echo("", "17.0.15");
        Answer first = bptt(java, "", "list");
        assertThat(first.code).isZero();
        assertThat(first.err).startsWith(PREPARING + "17").hasLineCount(1);
        assertThat(archives())
                .singleElement()
                .satisfies(file -> assertThat(file).isEmptyFile());
        Answer second = bptt(java, "", "list");
        assertThat(second.err).isEmpty();
        assertThat(second.out).isEqualTo(first.out).doesNotContain("SharedArchiveFile");
    }

    /** One after another: to make an archive takes seconds. */
    @Test
    void theSecondCallMapsTheArchiveAndABadOneDoesNoHarm() throws IOException, InterruptedException {
        installJars();
        Path java = Path.of(System.getProperty("java.home"));
        Answer first = bptt(java, "", "list", "estimators");
        assertThat(first.code).as(first.err).isZero();
        assertThat(first.err).startsWith(PREPARING).hasLineCount(1);
        assertThat(first.out).contains("artbp");

        Path loaded = root.resolve("loaded");
        assertThat(bptt(java, "-Xlog:class+load=info:file=" + loaded, "list", "estimators"))
                .isEqualTo(new Answer(0, first.out, ""));
        assertThat(Files.readString(loaded).lines().filter(line -> line.contains("shared objects file")))
                .as("our own, and a library's")
                .anyMatch(line -> line.contains("org.bpttbench.harness.cli.ListCommand "))
                .anyMatch(line -> line.contains("picocli.CommandLine$Model$CommandSpec "));

        Path archive = archives().get(0);
        byte[] whole = Files.readAllBytes(archive);
        for (byte[] broken : List.of("no archive".getBytes(StandardCharsets.UTF_8), Arrays.copyOf(whole, 100_000))) {
            Files.delete(archive);
            Files.write(archive, broken);
            assertThat(bptt(java, "", "list", "estimators")).isEqualTo(new Answer(0, first.out, ""));
        }
        Files.delete(archive);
        Files.write(archive, whole);
        Files.setLastModifiedTime(lib.resolve("classes-0.jar"), FileTime.fromMillis(900_000_000_000L));
        assertThat(bptt(java, "", "list", "estimators"))
                .as("made of another jar")
                .isEqualTo(new Answer(0, first.out, ""));
    }

    private static void age(Path jar) throws IOException {
        Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000_000_000_000L));
    }

    @Test
    @Tag("long")
    void anArchiveOlderThanAJarIsMadeAnewAndOneWithModulesIsMapped() throws IOException, InterruptedException {
        installJars();
        Path java = Path.of(System.getProperty("java.home"));
        Files.writeString(root.resolve("tiny.yaml"), SWEEP);
        String[] line = {"run", "./tiny.yaml", "--out", root.resolve("results").toString()};
        assertThat(bptt(java, "", line).err).startsWith(PREPARING);
        Path loaded = root.resolve("loaded");
        Answer second = bptt(java, "-Xlog:class+load=info:file=" + loaded, line);
        assertThat(second.code).isZero();
        assertThat(second.err).doesNotContain("preparing").doesNotContain("rchive");
        assertThat(Files.readString(loaded).lines().filter(each -> each.contains("shared objects file")))
                .anyMatch(each -> each.contains("org.bpttbench.harness.cli.RunCommand "));

        Path jar = lib.resolve("classes-0.jar");
        Files.setLastModifiedTime(jar, FileTime.fromMillis(System.currentTimeMillis() + 1000));
        assertThat(bptt(java, "", line).err).startsWith(PREPARING);
    }

    /** The classes of the class path; those in folders in jars, as archives want them. */
    private void installJars() throws IOException {
        int folders = 0;
        for (String each : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path entry = Path.of(each);
            if (Files.isDirectory(entry)) {
                Path jar = lib.resolve("classes-" + folders++ + ".jar");
                pack(entry, jar);
                age(jar);
            } else if (Files.isRegularFile(entry)) {
                Files.copy(entry, lib.resolve(entry.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static void pack(Path folder, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file);
                Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(new ZipEntry(folder.relativize(path).toString().replace(File.separatorChar, '/')));
                Files.copy(path, zip);
                zip.closeEntry();
            }
        }
    }
}
