package org.bpttbench.core.kernel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The arithmetic backends of this JVM. A backend that was named is never replaced by another one silently. */
public final class Backends {
    private static final String AUTO = "auto";

    private final List<KernelBackend> found;

    Backends(List<KernelBackend> optional) {
        found = new ArrayList<>(optional);
        found.add(new PlainBackend());
        found.sort(Comparator.comparingInt(KernelBackend::priority).reversed());
    }

    /** Plain Java and what is registered on the class path. */
    public static Backends load() {
        List<KernelBackend> optional = new ArrayList<>();
        Iterator<KernelBackend> services =
                ServiceLoader.load(KernelBackend.class).iterator();
        while (true) {
            try {
                if (!services.hasNext()) {
                    return new Backends(optional);
                }
                optional.add(services.next());
            } catch (ServiceConfigurationError | LinkageError e) {
                // A backend that this JVM cannot even load is absent; the next one may be there.
            }
        }
    }

    /**
     * @param name {@code auto} or a backend's name
     * @throws IllegalArgumentException if there is no such backend or this JVM cannot run it; the message lists
     *     those that it can and says how to get the missing one
     */
    public static Kernels find(String name) {
        return load().kernels(name);
    }

    /** The names of the backends that this JVM can run, the fastest first; {@code plain} is always among them. */
    public List<String> names() {
        return found.stream()
                .filter(KernelBackend::available)
                .map(KernelBackend::name)
                .collect(Collectors.toList());
    }

    /** @see #find */
    public Kernels kernels(String name) {
        for (KernelBackend backend : found) {
            boolean named = backend.name().equals(name);
            if ((named || name.equals(AUTO)) && backend.available()) {
                return backend.kernels();
            }
            if (named) {
                throw new IllegalArgumentException(
                        "backend '" + name + "' cannot run in this JVM: " + backend.remedy() + "; " + there());
            }
        }
        String remedy = name.equals("vector")
                ? "; it is the module 'accelerator', whose jar has to be on the class path and which needs"
                        + " --add-modules jdk.incubator.vector"
                : "";
        throw new IllegalArgumentException("there is no backend '" + name + "'" + remedy + "; " + there());
    }

    private String there() {
        return "there are " + AUTO + ", " + String.join(", ", names());
    }

    private static final class PlainBackend implements KernelBackend {
        @Override
        public String name() {
            return PlainKernels.INSTANCE.name();
        }

        @Override
        public int priority() {
            return 0;
        }

        @Override
        public boolean available() {
            return true;
        }

        @Override
        public String remedy() {
            return "";
        }

        @Override
        public Kernels kernels() {
            return PlainKernels.INSTANCE;
        }
    }
}
