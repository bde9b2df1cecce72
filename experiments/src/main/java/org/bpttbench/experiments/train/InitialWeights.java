package org.bpttbench.experiments.train;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.bpttbench.core.init.Initializer;
import org.bpttbench.core.param.ParamBlock;
import org.bpttbench.core.param.ParamLayout;
import org.bpttbench.core.param.Role;
import org.bpttbench.core.random.Seeds;

/**
 * Draws the θ that a run starts from. Every gate of every block is a matrix of its own for the initialiser and has a
 * random stream of its own, {@code init/block/gate}: gates are alike in law, and one block's weights do not depend on
 * another block's size.
 *
 * @param recurrent of the square matrices from state to state; also of a system's own parameter, a matrix {@code [1×1]}
 * @param input of the matrices from the input
 * @param readout of the matrix to the prediction
 * @param bias every additive term but the next
 * @param forget the additive term of a gate named {@code forget}
 */
public record InitialWeights(
        Initializer recurrent, Initializer input, Initializer readout, double bias, double forget) {
    private static final String FORGET_GATE = "forget";

    /**
     * @param seeds the same for all that should start alike
     * @return {@code [P]}
     */
    public double[] draw(ParamLayout layout, Seeds seeds) {
        double[] theta = new double[layout.size()];
        for (ParamBlock block : layout.blocks()) {
            Seeds blockSeeds = seeds.at("init").at(block.name());
            for (int gate = 0; gate < block.gates().size(); gate++) {
                String name = block.gates().get(gate);
                double[] matrix = new double[block.rows() * block.gateCols()];
                initializer(block.role(), name)
                        .fill(
                                matrix,
                                block.rows(),
                                block.gateCols(),
                                blockSeeds.at(name).generator());
                place(matrix, block, gate, theta);
            }
        }
        return theta;
    }

    private Initializer initializer(Role role, String gate) {
        return switch (role) {
            case RECURRENT -> recurrent;
            case INPUT -> input;
            case READOUT -> readout;
            case BIAS -> filling(gate.equals(FORGET_GATE) ? forget : bias);
            case READOUT_BIAS -> filling(bias);
        };
    }

    private static Initializer filling(double value) {
        return (double[] matrix, int fanIn, int fanOut, UniformRandomProvider random) -> Arrays.fill(matrix, value);
    }

    private static void place(double[] matrix, ParamBlock block, int gate, double[] theta) {
        int width = block.gateCols();
        for (int row = 0; row < block.rows(); row++) {
            int target = block.offset() + row * block.cols() + gate * width;
            System.arraycopy(matrix, row * width, theta, target, width);
        }
    }
}
