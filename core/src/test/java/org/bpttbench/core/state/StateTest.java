package org.bpttbench.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.bpttbench.core.random.Coin;
import org.bpttbench.core.random.Generators;
import org.bpttbench.core.random.Seeds;
import org.junit.jupiter.api.Test;

class StateTest {
    @Test
    void everythingComesBackAsItWent() {
        StateWriter out = new StateWriter();
        out.section("numbers");
        out.putLong(Long.MIN_VALUE);
        out.putInt(-7);
        out.putBoolean(true);
        out.putDouble(Double.longBitsToDouble(0x7ff8_0000_dead_beefL));
        out.putText("δ of a");
        out.section("arrays");
        out.putDoubles(1, -0.0, Double.NEGATIVE_INFINITY);
        out.putDoubles(new double[] {9, 8, 7, 6}, 1, 2);
        out.putLongs(1, 2);
        out.putInts(3, 4, 5);
        out.putBooleans(true, false);
        StateReader in = new StateReader(out.toBytes());
        in.section("numbers");
        assertThat(in.readLong()).isEqualTo(Long.MIN_VALUE);
        assertThat(in.readInt()).isEqualTo(-7);
        assertThat(in.readBoolean()).isTrue();
        assertThat(Double.doubleToRawLongBits(in.readDouble())).isEqualTo(0x7ff8_0000_dead_beefL);
        assertThat(in.readText()).isEqualTo("δ of a");
        in.section("arrays");
        assertThat(in.readDoubles()).containsExactly(1, -0.0, Double.NEGATIVE_INFINITY);
        double[] part = new double[4];
        in.readDoubles(part, 2, 2);
        assertThat(part).containsExactly(0, 0, 8, 7);
        long[] longs = new long[2];
        in.readLongs(longs);
        assertThat(longs).containsExactly(1, 2);
        assertThat(in.readInts()).containsExactly(3, 4, 5);
        boolean[] flags = new boolean[2];
        in.readBooleans(flags);
        assertThat(flags).containsExactly(true, false);
        in.end();
    }

    @Test
    void anotherObjectsStateIsRefused() {
        StateWriter out = new StateWriter();
        out.section("one");
        out.putDoubles(1, 2, 3);
        byte[] bytes = out.toBytes();
        assertThatThrownBy(() -> new StateReader(bytes).section("two"))
                .isInstanceOf(StateMismatchException.class)
                .hasMessage("the state of 'two' is expected where that of 'one' is");
        StateReader shorter = new StateReader(bytes);
        shorter.section("one");
        assertThatThrownBy(() -> shorter.readDoubles(new double[2]))
                .isInstanceOf(StateMismatchException.class)
                .hasMessage("3 numbers are there where 2 are expected");
        StateReader unread = new StateReader(bytes);
        unread.section("one");
        assertThatThrownBy(unread::end).hasMessage("28 bytes are left over");
        assertThatThrownBy(() -> unread.section("x")).hasMessageContaining("where that of 'something else' is");
        StateReader ended = new StateReader(new byte[3]);
        assertThatThrownBy(ended::readLong).hasMessage("the state ends too early");
        assertThatThrownBy(() -> new StateReader(new byte[] {127, 0, 0, 0}).readDoubles())
                .hasMessage("the state ends too early");
    }

    @Test
    void aLimitHoldsBeforeMemoryIsTaken() {
        StateWriter out = new StateWriter(2000);
        out.putDoubles(new double[200]);
        assertThatThrownBy(() -> out.putDoubles(new double[200]))
                .isInstanceOf(StateTooLargeException.class)
                .hasMessageContaining("2000 bytes");
    }

    @Test
    void whatSavesNothingSaysSo() {
        Coin heads = probability -> true;
        assertThatThrownBy(() -> heads.save(new StateWriter())).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> heads.load(new StateReader(new byte[0])))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aGeneratorGoesOnWhereItWas() {
        UniformRandomProvider one = Seeds.of(3).at("one").generator();
        one.nextInt(); // half of a long: the other half must not be lost
        one.nextBoolean();
        StateWriter out = new StateWriter();
        Generators.save(one, out);
        UniformRandomProvider other = Seeds.of(4).generator();
        Generators.load(other, new StateReader(out.toBytes()));
        for (int i = 0; i < 100; i++) {
            assertThat(other.nextBoolean()).isEqualTo(one.nextBoolean());
            assertThat(other.nextInt()).isEqualTo(one.nextInt());
            assertThat(other.nextDouble()).isEqualTo(one.nextDouble());
        }
        assertThatThrownBy(() -> Generators.load(RandomSource.MT.create(), new StateReader(out.toBytes())))
                .isInstanceOf(StateMismatchException.class);
    }
}
