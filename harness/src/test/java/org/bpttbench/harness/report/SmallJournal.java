package org.bpttbench.harness.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.bpttbench.experiments.run.Journal;
import org.bpttbench.experiments.spec.Json;
import org.bpttbench.experiments.spec.MeasurementKey;
import org.bpttbench.experiments.spec.RunSpec;
import org.bpttbench.experiments.spec.Setting;
import org.bpttbench.experiments.spec.Sweep;

/** The hand-written journal of {@code small/}, and the places of its settings in the sweep for their ids. */
final class SmallJournal {
    private static final List<String> ARRAYS = List.of("inner", "squares", "means", "gram");

    private final Sweep sweep;

    SmallJournal(Sweep sweep) {
        this.sweep = sweep;
    }

    /** The lines of a worker's file, as a journal has them. */
    List<String> lines(String worker) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line : text(worker).split("\n", -1)) {
            if (!line.isEmpty()) {
                lines.add(Json.write(completed(map(Json.read(line)))));
            }
        }
        return lines;
    }

    static Journal write(Path folder, Map<String, List<String>> files) throws IOException {
        Path journal = Files.createDirectories(folder.resolve("journal"));
        for (Map.Entry<String, List<String>> file : files.entrySet()) {
            Files.writeString(journal.resolve(file.getKey()), String.join("\n", file.getValue()) + "\n");
        }
        return Journal.read(folder);
    }

    /** A text of the folder {@code small/}. */
    static String text(String name) throws IOException {
        try (InputStream in = SmallJournal.class.getResourceAsStream("small/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("no such resource: small/" + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A CSV text with places for ids. */
    String placed(String csv) {
        String text = csv;
        for (int i = 0; i < sweep.settings().size(); i++) {
            Setting setting = sweep.settings().get(i);
            for (int replicate = 0; replicate < sweep.replicates(); replicate++) {
                text = text.replace(new RunSpec(setting, replicate).id(), "@" + i + '/' + replicate);
            }
            text = text.replace(setting.id(), "@" + i);
        }
        return text;
    }

    private Map<String, Object> completed(Map<String, Object> record) {
        if (record.get("run") instanceof String place) {
            String[] parts = place.substring(1).split("/", -1);
            Setting setting = sweep.settings().get(Integer.parseInt(parts[0]));
            int replicate = Integer.parseInt(parts[1]);
            record.put("run", new RunSpec(setting, replicate).id());
            record.put("setting", setting.id());
            record.put("replicate", replicate);
            record.put("identity", setting.identity());
            ((List<?>) record.getOrDefault("bias", List.of())).forEach(each -> complete(map(each)));
        }
        if ("request".equals(record.get("type"))) {
            complete(Objects.requireNonNull(record.get("bias")), MeasurementKey::ofBias);
            complete(Objects.requireNonNull(record.get("accuracy")), MeasurementKey::ofAccuracy);
        }
        return record;
    }

    /** The place of a setting becomes the key of its measurements. */
    private void complete(Object measurements, Function<Setting, String> key) {
        for (Object each : (List<?>) measurements) {
            String place = (String) Objects.requireNonNull(map(each).get("key"));
            Setting setting = sweep.settings().get(Integer.parseInt(place.substring(1)));
            map(each).put("key", key.apply(setting));
        }
    }

    private static void complete(Map<String, Object> measurement) {
        if (measurement.get("sample") instanceof Map<?, ?> sample) {
            map(sample).put("projections", InventedJournal.NO_MOMENTS);
            map(sample).put("quantiles", "");
        }
        ((List<?>) measurement.getOrDefault("blocks", List.of())).forEach(each -> completeBlock(map(each)));
        for (Object each : (List<?>) measurement.getOrDefault("others", List.of())) {
            completeBlock(map(Objects.requireNonNull(map(each).get("errors"))));
            map(each).replace("projections", InventedJournal.NO_MOMENTS);
        }
    }

    private static void completeBlock(Map<String, Object> block) {
        block.put("name", "theta");
        for (String array : ARRAYS) {
            double[] numbers = ((List<?>) block.getOrDefault(array, List.of()))
                    .stream().mapToDouble(number -> (Double) number).toArray();
            block.put(array, InventedJournal.encoded(numbers));
        }
    }

    @SuppressWarnings("unchecked") // JSON maps have text keys
    private static Map<String, Object> map(Object tree) {
        return (Map<String, Object>) new LinkedHashMap<>().getClass().cast(tree);
    }
}
