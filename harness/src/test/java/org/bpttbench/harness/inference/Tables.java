package org.bpttbench.harness.inference;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/** Other programs' numbers, kept as text, and small things that several tests need. */
final class Tables {
    private Tables() {}

    /** The lines of a resource beside this class, without comments. */
    static List<String> lines(String name) {
        try (InputStream in = Objects.requireNonNull(Tables.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Numbers separated by blanks. */
    static double[] numbers(String text) {
        return text.isBlank()
                ? new double[0]
                : Arrays.stream(text.trim().split(" +"))
                        .mapToDouble(
                                number -> number.equals("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(number))
                        .toArray();
    }

    static double[] normal(int count, UniformRandomProvider random) {
        ContinuousSampler sampler = ZigguratSampler.NormalizedGaussian.of(random);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = sampler.sample();
        }
        return values;
    }

    /** The triangle of inner products of the rows of {@code [size×cols]}. */
    static double[] triangle(double[] rows, int size, int cols) {
        double[] triangle = new double[size * (size + 1) / 2];
        int at = 0;
        for (int i = 0; i < size; i++) {
            for (int j = i; j < size; j++) {
                double sum = 0;
                for (int p = 0; p < cols; p++) {
                    sum += rows[i * cols + p] * rows[j * cols + p];
                }
                triangle[at++] = sum;
            }
        }
        return triangle;
    }
}
