"""Writes cells.txt: loss and gradient of small networks, independently of the Java code.

    python3 cells.py > cells.txt

Each cell is written down gate by gate from its class comment, one number at a time. A derivative is Im L(theta + ih)/h
with h = 1e-30: there is no difference to cancel, so it has the digits of the loss itself. Needs Python 3 alone.
"""
import cmath

INPUTS, UNITS, OUTPUTS, STEPS = 2, 3, 2, 6


def parameter(i):
    return ((37 * i + 11) % 101 - 50) / 80


def number(i):
    return ((29 * i + 7) % 53 - 26) / 26


def sigmoid(a):
    return 1 / (1 + cmath.exp(-a))


def relu(a):
    return a if a.real > 0 else 0 * a


class Reader:
    """Hands out the parameters in their order."""

    def __init__(self, theta):
        self.theta, self.at = theta, 0

    def matrix(self, rows, gates):
        """A list of matrices [rows][UNITS], their columns side by side."""
        width = gates * UNITS
        flat = self.theta[self.at:self.at + rows * width]
        self.at += rows * width
        return [[flat[r * width + g * UNITS:r * width + (g + 1) * UNITS] for r in range(rows)] for g in range(gates)]


def times(x, matrix):
    return [sum(x[r] * matrix[r][i] for r in range(len(x))) for i in range(UNITS)]


def plus(*vectors):
    return [sum(terms) for terms in zip(*vectors)]


def simple(f):
    def cell(read, inputs):
        w, u, b = read.matrix(UNITS, 1)[0], read.matrix(inputs, 1)[0], read.matrix(1, 1)[0][0]
        return lambda x, s: [f(a) for a in plus(times(x, u), times(s, w), b)]
    return cell, UNITS


def lstm(read, inputs):
    w, u, b = read.matrix(UNITS, 4), read.matrix(inputs, 4), read.matrix(1, 4)

    def step(x, s):
        h, c = s[:UNITS], s[UNITS:]
        a = [plus(times(x, u[gate]), times(h, w[gate]), b[gate][0]) for gate in range(4)]
        i, f, o = ([sigmoid(v) for v in a[gate]] for gate in range(3))
        g = [cmath.tanh(v) for v in a[3]]
        c = [f[j] * c[j] + i[j] * g[j] for j in range(UNITS)]
        return [o[j] * cmath.tanh(c[j]) for j in range(UNITS)] + c
    return step


def gru(read, inputs):
    w_r, w_z, w_c = read.matrix(UNITS, 3)
    u_c, u_r, u_z = read.matrix(inputs, 3)
    b_c, b_r, b_z = (b[0] for b in read.matrix(1, 3))
    d = read.matrix(1, 1)[0][0]

    def step(x, h):
        r = [sigmoid(a) for a in plus(times(x, u_r), times(h, w_r), b_r)]
        z = [sigmoid(a) for a in plus(times(x, u_z), times(h, w_z), b_z)]
        seen = plus(times(h, w_c), d)
        c = [cmath.tanh(a + r[j] * seen[j]) for j, a in enumerate(plus(times(x, u_c), b_c))]
        return [(1 - z[j]) * c[j] + z[j] * h[j] for j in range(UNITS)]
    return step


CELLS = {
    "tanh": simple(cmath.tanh),
    "relu": simple(relu),
    "identity": simple(lambda a: a),
    "lstm": (lstm, 2 * UNITS),
    "gru": (gru, UNITS),
}


def loss(cell, layers, theta):
    """Half the squared error of an affine readout of the highest layer, summed over steps; and the parameters read."""
    make, width = CELLS[cell]
    read = Reader(theta)
    steps = [make(read, INPUTS if layer == 0 else UNITS) for layer in range(layers)]
    v = [read.theta[read.at + r * OUTPUTS:read.at + (r + 1) * OUTPUTS] for r in range(UNITS)]
    states = [[0.0] * width for _ in range(layers)]
    total = 0
    for t in range(STEPS):
        x = [number(t * INPUTS + i) for i in range(INPUTS)]
        for layer, step in enumerate(steps):
            states[layer] = step(x, states[layer])
            x = states[layer][:UNITS]
        for o in range(OUTPUTS):
            y = sum(x[j] * v[j][o] for j in range(UNITS))
            total += (y - number(1000 + t * OUTPUTS + o)) ** 2 / 2
    return total, read.at + UNITS * OUTPUTS


def main():
    print("# Made by cells.py, which says how. A line: cell, layers, loss, then the gradient, parameter by parameter.")
    for cell in CELLS:
        for layers in (1, 2):
            theta = [complex(parameter(i)) for i in range(1000)]
            value, count = loss(cell, layers, theta)
            gradient = []
            for i in range(count):
                moved = theta.copy()
                moved[i] += 1e-30j
                gradient.append(loss(cell, layers, moved)[0].imag / 1e-30)
            print(cell, layers, repr(value.real), *map(repr, gradient))


main()
