package org.bpttbench.core.param;

import java.util.ArrayList;
import java.util.List;

/** How the flat parameter vector θ is divided into blocks. Immutable. */
public final class ParamLayout {
    /** No parameters. */
    public static final ParamLayout EMPTY = new ParamLayout(List.of(), 0);

    private final List<ParamBlock> blocks;
    private final int size;

    private ParamLayout(List<ParamBlock> blocks, int size) {
        this.blocks = List.copyOf(blocks);
        this.size = size;
    }

    /** This layout followed by one more block without gates. */
    public ParamLayout and(String name, Role role, int rows, int cols) {
        return and(name, role, rows, cols, List.of(name));
    }

    /** This layout followed by one more block whose columns are the gates side by side. */
    public ParamLayout and(String name, Role role, int rows, int cols, List<String> gates) {
        return and(new ParamLayout(List.of(new ParamBlock(name, role, rows, cols, gates, 0)), rows * cols));
    }

    /**
     * This layout followed by another.
     *
     * @throws ArithmeticException if there are more parameters than an array can hold
     */
    public ParamLayout and(ParamLayout next) {
        List<ParamBlock> all = new ArrayList<>(blocks);
        next.blocks.forEach(block -> all.add(block.shifted(size)));
        return new ParamLayout(all, Math.addExact(size, next.size));
    }

    /** This layout with every name behind a prefix. */
    public ParamLayout prefixed(String prefix) {
        return new ParamLayout(
                blocks.stream()
                        .map(block -> new ParamBlock(
                                prefix + block.name(),
                                block.role(),
                                block.rows(),
                                block.cols(),
                                block.gates(),
                                block.offset()))
                        .toList(),
                size);
    }

    /** In order of their offsets, without gaps. */
    public List<ParamBlock> blocks() {
        return blocks;
    }

    /** @throws IllegalArgumentException if no block has that name */
    public ParamBlock block(String name) {
        return blocks.stream()
                .filter(block -> block.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no parameter block is named '" + name + "'"));
    }

    /** Number of parameters. */
    public int size() {
        return size;
    }
}
