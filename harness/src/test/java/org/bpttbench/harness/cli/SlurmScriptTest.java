package org.bpttbench.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bpttbench.experiments.run.Shard;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What {@code bptt export slurm} prints runs, and runs the right thing. */
class SlurmScriptTest {
    /** Whatever a shell might take amiss. */
    private static final String NASTY = "it's a \"$HOME\" `x` \\ & (1) * é";

    private static final String HOME = "bptt.home";

    @TempDir
    Path folder;

    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();
    private Path base = Path.of("");
    private Path file = Path.of("");
    private final String before = System.getProperty(HOME, "");

    /** A project whose launcher tells what it was called with. */
    @BeforeEach
    void write() throws IOException {
        base = Files.createDirectories(folder.resolve(NASTY));
        file = Files.writeString(base.resolve("night.yaml"), """
                name: night
                seed: 1
                replicates: 3
                task: {type: linear-drive, a: 0.5}
                measure: {bias: {at: [0], length: 20, draws: 10}}
                grid: {estimator: {type: tbptt, length: [3, 4]}}
                """);
        Path launcher = Files.createDirectories(base.resolve("scripts")).resolve("bptt");
        Files.writeString(launcher, """
                #!/bin/sh
                for word in "$@"; do printf '%s\\n' "$word"; done
                env | grep ^SLURM_ARRAY | sort
                pwd -P
                """);
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        System.setProperty(HOME, base.toString());
    }

    @AfterEach
    void restore() {
        if (before.isEmpty()) {
            System.clearProperty(HOME);
        } else {
            System.setProperty(HOME, before);
        }
    }

    private int bptt(Object... arguments) {
        CommandLine line = Bptt.commandLine();
        out = new StringWriter();
        err = new StringWriter();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
    }

    private String script(Object... arguments) {
        assertThat(bptt(arguments)).as(() -> err.toString()).isZero();
        return out.toString();
    }

    private List<String> sh(Map<String, String> variables, String... arguments)
            throws IOException, InterruptedException {
        Path said = folder.resolve("said");
        List<String> command = new ArrayList<>(List.of("sh"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().putAll(variables);
        builder.environment().put("LC_ALL", "C.UTF-8");
        int code = builder.start().waitFor();
        List<String> lines = Files.readAllLines(said);
        assertThat(code).as(() -> lines.toString()).isZero();
        return lines;
    }

    @Test
    void aTaskRunsItsShard() throws IOException, InterruptedException {
        Path results = base.resolve("out");
        String script =
                script("export", "slurm", file, "seed=2", "--tasks", 4, "--jobs", 3, "--time", "8h", "--out", results);
        Path written = Files.writeString(folder.resolve("night.sh"), script);
        assertThat(sh(Map.of(), "-n", written.toString())).isEmpty();
        for (String id : List.of("1", "4")) {
            List<String> said =
                    sh(Map.of("SLURM_ARRAY_TASK_ID", id, "SLURM_ARRAY_TASK_COUNT", "1"), written.toString());
            assertThat(said)
                    .startsWith(
                            "run",
                            file.toString(),
                            "seed=2",
                            "--shard",
                            "auto",
                            "--jobs",
                            "3",
                            "--out",
                            results.toString())
                    .endsWith(Path.of("").toRealPath().toString());
            Map<String, String> variables = new TreeMap<>();
            said.stream()
                    .filter(line -> line.startsWith("SLURM"))
                    .forEach(line ->
                            variables.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
            assertThat(new ArrayTask(variables).shard()).isEqualTo(new Shard(Integer.parseInt(id), 4));
        }
        assertThat(script)
                .startsWith("#!/bin/sh\n#SBATCH --job-name=bptt-night\n#SBATCH --array=1-4\n")
                .contains("\n#SBATCH --cpus-per-task=3\n#SBATCH --time=8:00:00\n");
    }

    /** The job that a comment offers is a command of the same kind. */
    @Test
    void theReportIsACommandToo() throws IOException, InterruptedException {
        String script = script("export", "slurm", file, "--out", base.resolve("out"));
        String line = script.lines()
                .filter(each -> each.contains("--wrap"))
                .findFirst()
                .orElseThrow();
        Path sbatch = Files.writeString(
                folder.resolve("offer.sh"), "sbatch() { sh -c \"$3\"; }\n" + line.replaceFirst("^# *", "") + "\n");
        assertThat(sh(Map.of(), sbatch.toString()))
                .startsWith("report", base.resolve("out").toString());
    }

    @Test
    void theFormatMayStandInFrontOrBeNamed() {
        String script = script("export", "slurm", "quickstart", "--smoke");
        assertThat(script("export", "quickstart", "--smoke", "--format", "slurm"))
                .isEqualTo(script);
        assertThat(script("export", "--format=slurm", "quickstart", "--smoke")).isEqualTo(script);
        assertThat(script)
                .contains(" run quickstart --smoke --shard auto --jobs 1 --out ")
                .contains("/results/quickstart-smoke\n")
                .doesNotContain("#SBATCH --time");
        // Tables as ever, in either form.
        String csv = script("export", file, "--out", base);
        assertThat(csv).startsWith("sweep,setting,");
        assertThat(script("export", "csv", file, "--out", base)).isEqualTo(csv);
    }

    /** No more tasks than there are runs. */
    @Test
    void thereAreAtMostEightTasksUnasked() {
        assertThat(script("export", "slurm", file)).contains("--array=1-6\n", "SLURM_ARRAY_TASK_COUNT=6\n");
        assertThat(script("export", "slurm", file, "replicates=20")).contains("--array=1-8\n");
    }

    @ParameterizedTest
    @CsvSource({
        "8h, 8:00:00",
        "90m, 90",
        "90, 90",
        "12:30, 12:30",
        "08:00:00, 08:00:00",
        "1-12, 1-12",
        "2-00:30:00, 2-00:30:00"
    })
    void timesAreWrittenAsSlurmHasThem(String time, String written) {
        assertThat(script("export", "slurm", file, "--time", time)).contains("\n#SBATCH --time=" + written + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"8 h", "soon", "0h", "-5m", "1:2:3:4", "5\n#SBATCH --wrap=x"})
    void otherTimesAreRefused(String time) {
        assertThat(bptt("export", "slurm", file, "--time=" + time)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--time is '" + time + "': must be as in 8h");
    }

    @Test
    void whatDoesNotGoTogetherIsRefused() {
        for (String option : List.of("--tasks=2", "--jobs=2", "--time=8h")) {
            assertThat(bptt("export", file, option)).isEqualTo(ExitCode.USAGE);
            assertThat(err.toString()).contains(option.split("=")[0] + " is for --format slurm");
        }
        assertThat(bptt("export", "slurm", file, "--columns", "at")).isEqualTo(ExitCode.USAGE);
        for (String tasks : List.of("0", "7")) {
            assertThat(bptt("export", "slurm", file, "--tasks", tasks)).isEqualTo(ExitCode.USAGE);
            assertThat(err.toString()).contains("--tasks is " + tasks + ": the sweep has 6 runs, so 1 to 6");
        }
        assertThat(bptt("export", "slurm", file, "--jobs", "0")).isEqualTo(ExitCode.USAGE);
    }

    /** A line break would end the comment that a path stands in. */
    @Test
    void pathsWithControlCharactersAreRefused() {
        assertThat(bptt("export", "slurm", file, "--out", folder + "/a\nb")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("has control characters: no job script can be made with that");
        System.clearProperty(HOME);
        assertThat(bptt("export", "slurm", file)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("scripts/bptt");
    }
}
