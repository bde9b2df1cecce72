package org.bpttbench.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bpttbench.experiments.run.Shard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which shard a task of a job array is; the schedulers' variables are written here without what their names share. */
class ArrayTaskTest {
    private static Map<String, String> variables(String short_) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String pair : short_.split(" ")) {
            String[] parts = pair.split("=", -1);
            variables.put(parts[0].replaceFirst("^S_", "SLURM_ARRAY_TASK_").replaceFirst("^G_", "SGE_TASK_"), parts[1]);
        }
        return variables;
    }

    @ParameterizedTest
    @CsvSource({
        "S_ID=1 S_MIN=1 S_COUNT=8, 1, 8",
        "S_ID=8 S_MIN=1 S_COUNT=8, 8, 8",
        "S_ID=0 S_MIN=0 S_COUNT=8, 1, 8",
        "S_ID=7 S_MIN=0 S_MAX=7 S_COUNT=8 S_STEP=1, 8, 8",
        "S_ID=9 S_MIN=1 S_MAX=15 S_COUNT=4 S_STEP=4, 3, 4",
        "S_ID=9 S_MIN=1 S_COUNT=4 S_STEP=4, 3, 4",
        "S_ID=5 S_MIN=5 S_MAX=5 S_COUNT=1 S_STEP=1, 1, 1",
        "S_ID=2 S_MIN=1 S_COUNT=3 PBS_ARRAY_INDEX=7 G_ID=1, 2, 3",
        "S_ID= G_ID=2 G_FIRST=1 G_LAST=4 G_STEPSIZE=1, 2, 4",
        "G_ID=11 G_FIRST=5 G_LAST=12 G_STEPSIZE=3, 3, 3",
    })
    void aTaskIsItsPlaceInTheArray(String short_, int index, int count) {
        assertThat(new ArrayTask(variables(short_)).shard()).isEqualTo(new Shard(index, count));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HOME=/ | this is no task of a job array",
                "G_ID=undefined G_FIRST=undefined | this is no task of a job array",
                "S_ID=1 S_COUNT=8 | SLURM_ARRAY_TASK_MIN is not set",
                "S_ID=1 S_MIN=1 | SLURM_ARRAY_TASK_COUNT is not set",
                "S_ID=x S_MIN=1 S_COUNT=8 | SLURM_ARRAY_TASK_ID is 'x', which is no number",
                "S_ID=-1 S_MIN=1 S_COUNT=8 | SLURM_ARRAY_TASK_ID is '-1', which is no number",
                "S_ID=9 S_MIN=1 S_COUNT=8 | SLURM_ARRAY_TASK_ID is 9, which is none of the 8 tasks from 1",
                "S_ID=1 S_MIN=2 S_COUNT=8 | SLURM_ARRAY_TASK_ID is 1, which is none",
                "S_ID=2 S_MIN=1 S_COUNT=4 S_STEP=2 | SLURM_ARRAY_TASK_ID is 2, which is none",
                "S_ID=1 S_MIN=1 S_MAX=7 S_COUNT=3 S_STEP=1 | 3 tasks from 1 to 7 in steps of 1 do not come out even",
                "S_ID=1 S_MIN=1 S_COUNT=3 S_STEP=0 | in steps of 0 do not come out even",
                "S_ID=1 S_MIN=1 S_COUNT=0 | 0 tasks from 1",
                "PBS_ARRAY_INDEX=3 | PBS_ARRAY_INDEX is 3, but PBS does not tell of how many",
                "G_ID=1 G_FIRST=1 G_LAST=4 | SGE_TASK_STEPSIZE is not set",
                "G_ID=1 G_FIRST=4 G_LAST=1 G_STEPSIZE=1 | no range",
                "G_ID=1 G_FIRST=1 G_LAST=4 G_STEPSIZE=0 | no range",
                "G_ID=5 G_FIRST=1 G_LAST=4 G_STEPSIZE=1 | SGE_TASK_ID is 5, which is none of the 4 tasks",
            })
    void whatCannotBeMadeOutIsRefused(String short_, String why) {
        assertThatThrownBy(() -> new ArrayTask(variables(short_)).shard())
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("--shard auto: ")
                .hasMessageContaining(why)
                .hasMessageContaining("give --shard");
    }

    /** As many tasks, as many shards, each once. */
    @Test
    void theTasksOfAnArrayAreItsShards() {
        for (int place = 0; place < 5; place++) {
            Map<String, String> task = variables("S_ID=" + (3 + 2 * place) + " S_MIN=3 S_MAX=12 S_STEP=2 S_COUNT=5");
            assertThat(new ArrayTask(task).shard()).isEqualTo(new Shard(place + 1, 5));
        }
    }
}
