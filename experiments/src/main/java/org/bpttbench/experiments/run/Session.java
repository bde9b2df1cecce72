package org.bpttbench.experiments.run;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bpttbench.core.kernel.Kernels;
import org.bpttbench.experiments.spec.Json;

/**
 * Where and with what runs are made: a journal record that runs refer to. It has nothing to do with what they find.
 *
 * @param id 16 hexadecimal digits of the hash of the rest
 */
record Session(String id, Map<String, Object> tree) {
    static final String TYPE = "session";

    static Session now(Kernels kernels, int jobs) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("started", Instant.now().toString());
        facts.put("backend", kernels.name());
        facts.put("jobs", (long) jobs);
        facts.put("java", System.getProperty("java.vm.name") + ' ' + System.getProperty("java.runtime.version"));
        facts.put("os", System.getProperty("os.name") + ' ' + System.getProperty("os.version"));
        facts.put("arch", System.getProperty("os.arch"));
        facts.put("processors", (long) Runtime.getRuntime().availableProcessors());
        facts.put("heap_bytes", Runtime.getRuntime().maxMemory());
        facts.put("host", host());
        facts.put("folder", Path.of("").toAbsolutePath().toString());
        facts.putAll(Surroundings.facts());
        String id = Json.digest(facts, 16);
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("type", TYPE);
        tree.put("id", id);
        tree.putAll(facts);
        return new Session(id, tree);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
