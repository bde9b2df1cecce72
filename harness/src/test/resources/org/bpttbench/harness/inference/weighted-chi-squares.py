"""Writes weighted-chi-squares.txt: tail probabilities of sums of weighted chi-squares, by methods that have nothing in
common with the one tested.

Two weights, or three of which two are equal: the integral over the last normal variable of the law of the others, which is
closed, by mpmath with 30 digits.
Many weights: Imhof's (1961) integral on the real axis, by composite Gauss-Legendre rules in doubles; two numbers of panels
agree to 1e-13. x are quantiles found by bisection on the same integral, rounded."""
import mpmath as mp
import numpy as np

mp.mp.dps = 30


def marks(kink):
    points = [mp.mpf(point) for point in ("0", "1e-6", "1e-3", "0.1", "1", "3", "6", "12")]
    return sorted(points + ([mp.sqrt(kink)] if 0 < kink < 144 else []))  # where the inner probability has a kink


def chi_square(v, x, upper):
    """P(v e^2 > x), or <= x."""
    if x / v <= 0:
        return mp.mpf(1 if (x < 0) == upper else 0) if x != 0 else mp.mpf(1 if (v > 0) == upper else 0)
    root = mp.sqrt(x / v / 2)
    return mp.erfc(root) if upper == (v > 0) else mp.erf(root)


def exponential(w, x, upper):
    """P(w (e^2 + e'^2) > x), or <= x; w > 0."""
    if x <= 0:
        return mp.mpf(1 if upper else 0)
    return mp.exp(-x / w / 2) if upper else -mp.expm1(-x / w / 2)


def few(weights, x, upper):
    weights = [mp.mpf(repr(weight)) for weight in weights]
    v = weights[-1]
    inner = chi_square if len(weights) == 2 else exponential
    return mp.quad(lambda z: 2 * mp.npdf(z) * inner(weights[0], x - v * z * z, upper), marks(x / v), maxdegree=8)


def imhof(weights, x, panels):
    """P(Q > x)"""
    lam = np.asarray(weights)
    end = 1.0
    while np.sum(np.log1p((lam * end) ** 2)) / 4 + np.log(end) < 40:
        end *= 1.3
    nodes, w = np.polynomial.legendre.leggauss(20)
    edges = np.concatenate([[0], np.geomspace(1e-4, end, panels)])
    total = 0.0
    for a, b in zip(edges[:-1], edges[1:]):
        u = (a + b) / 2 + (b - a) / 2 * nodes
        lu = lam[:, None] * u
        theta = np.arctan(lu).sum(0) / 2 - x * u / 2
        rho = np.exp(np.log1p(lu * lu).sum(0) / 4)
        total += (b - a) / 2 * np.sum(w * np.sin(theta) / (u * rho))
    return 0.5 + total / np.pi


def many(weights, p):
    low, high = -20 * np.sqrt(2 * np.sum(np.square(weights))), 20 * np.sqrt(2 * np.sum(np.square(weights)))
    low, high = low + np.sum(weights), high + np.sum(weights)
    for _ in range(45):
        mid = (low + high) / 2
        low, high = (mid, high) if imhof(weights, mid, 200) > p else (low, mid)
    x = float(f"{mid:.4g}")
    one, two = imhof(weights, x, 2000), imhof(weights, x, 3000)
    assert abs(one - two) < 1e-13, (one, two)
    return x, 1 - two, two


def line(x, lower, upper):
    return f"{x!r} {mp.nstr(mp.mpf(lower), 17)} {mp.nstr(mp.mpf(upper), 17)}"


with open("weighted-chi-squares.txt", "w") as out:
    out.write("# Written by weighted-chi-squares.py, which says how. A line of weights, then lines of x, P(Q <= x), P(Q > x).\n"
              "# With more than three weights the smaller of the two has 13 decimals, not 17 digits.\n")
    pairs = [[1.0, -1.0], [1.0, -0.3], [1.0, 0.001], [1.0, -1e-6], [0.3, 0.3, -0.7], [0.5, 0.5, 0.02]]
    for weights in pairs:
        out.write("weights " + " ".join(map(repr, weights)) + "\n")
        for x in [-8.0, -0.5, -1e-5, 0.0, 0.003, 0.1, 0.7, 2.0, 19.0]:
            if x <= 0 and min(weights) > 0:
                continue
            out.write(line(x, few(weights, mp.mpf(repr(x)), False), few(weights, mp.mpf(repr(x)), True)) + "\n")
    j = np.arange(1, 201)
    sets = [np.round(np.cos(j * j), 3), np.round(np.cos(j * j), 3) * np.where(j == 7, 60, 1), np.round(3 * np.cos(np.arange(400)), 3),
            np.round(100.0 / j[:40] ** 2, 3), np.where(j % 2 == 0, 1.0, -1.0)[:120], np.round(-1.0 / j[:60], 3)]
    for weights in sets:
        out.write("weights " + " ".join(repr(float(w)) for w in weights) + "\n")
        for p in [0.99999, 0.975, 0.6, 0.5, 0.2, 0.025, 0.001, 0.00001]:
            out.write(line(*many(weights, p)) + "\n")
