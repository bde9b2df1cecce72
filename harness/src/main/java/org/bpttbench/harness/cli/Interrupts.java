package org.bpttbench.harness.cli;

import java.io.Closeable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.bpttbench.experiments.run.StopSignal;
import org.jspecify.annotations.Nullable;

/**
 * What Ctrl-C does while runs are being made: the first asks them to stop where they can be gone on with, the second ends the
 * process on the spot.
 *
 * <p>Java has no supported way to take an interrupt without ending: a shutdown hook is run when the end is decided, and a
 * second interrupt is lost in it. The JDK's {@code sun.misc.Signal} (module jdk.unsupported) is what there is. It is looked
 * up by name, because the compiler warns of it in a way that cannot be turned off; where it is missing, an interrupt kills,
 * which is no loss but of time.
 */
final class Interrupts implements Closeable {
    private final Object signal;
    private final @Nullable Object before;

    private Interrupts(Object signal, @Nullable Object before) {
        this.signal = signal;
        this.before = before;
    }

    /** From now until {@link #close}. */
    static Interrupts stopping(StopSignal stop, Screen screen) {
        try {
            Object signal = Class.forName("sun.misc.Signal")
                    .getConstructor(String.class)
                    .newInstance("INT");
            return new Interrupts(signal, handle(signal, handler(stop, screen)));
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            return new Interrupts("", null);
        }
    }

    private static Object handler(StopSignal stop, Screen screen) throws ClassNotFoundException {
        Class<?> type = Class.forName("sun.misc.SignalHandler");
        InvocationHandler handler = (proxy, method, arguments) -> {
            switch (method.getName()) {
                case "handle" -> interrupt(stop, screen);
                case "hashCode" -> {
                    return System.identityHashCode(proxy);
                }
                case "equals" -> {
                    return proxy == arguments[0];
                }
                default -> {
                    return "interrupts";
                }
            }
            return null;
        };
        return Proxy.newProxyInstance(Interrupts.class.getClassLoader(), new Class<?>[] {type}, handler);
    }

    private static void interrupt(StopSignal stop, Screen screen) {
        if (stop.wished()) {
            Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
        }
        stop.stop();
        screen.freeze();
        screen.say("interrupted: saving where the runs are; once more to end at once");
    }

    private static Object handle(Object signal, Object handler) throws ReflectiveOperationException {
        Class<?> type = Class.forName("sun.misc.SignalHandler");
        return signal.getClass().getMethod("handle", signal.getClass(), type).invoke(null, signal, handler);
    }

    @Override
    public void close() {
        if (before != null) {
            try {
                handle(signal, before);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("what was handled once can be handled again", e);
            }
        }
    }
}
