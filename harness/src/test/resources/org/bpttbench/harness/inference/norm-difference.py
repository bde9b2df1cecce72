"""Limits of inference.NormDifference by definition, with numpy and scipy; prints norm-difference.txt.

The law of Q is inverted by Imhof's (1961) integral with scipy.integrate.quad, not by a saddlepoint path.
"""
import numpy as np
from scipy import integrate, optimize, stats


def cdf(weights, x):
    w = weights[np.abs(weights) > 1e-14 * np.abs(weights).max()]
    def f(u):
        theta = 0.5 * np.arctan(w * u).sum() - 0.5 * x * u
        rho = np.exp(0.25 * np.log1p((w * u) ** 2).sum())
        return np.sin(theta) / (u * rho)
    value = sum(integrate.quad(f, a, b, limit=5000, epsabs=1e-11)[0]
                for a, b in zip([1e-300, 1, 10, 100], [1, 10, 100, 400]))
    return 0.5 - value / np.pi


def quantile(weights, p):
    scale = np.abs(weights).max()
    w = weights / scale
    return scale * optimize.brentq(lambda x: cdf(w, x) - p, -60, 60, xtol=1e-12)


def limits(kernel, difference, level):
    m = len(kernel)
    off = kernel - np.diag(np.diag(kernel))
    without = [np.delete(np.delete(off, i, 0), i, 1).sum() / ((m - 1) * (m - 2)) for i in range(m)]
    jackknife = (m - 1) / m * ((without - np.mean(without)) ** 2).sum()
    centring = np.eye(m) - 1 / m
    c = centring @ kernel @ centring
    lam = np.linalg.eigvalsh(c) / (m - 1)
    weights = np.linalg.eigvalsh(c - np.diag(np.diag(c))) / m ** 2
    s = np.sqrt(max(0, jackknife - 4 * (weights ** 2).sum()))
    z = stats.norm.ppf((1 + level) / 2)
    up, down = 2 * z * z * max(0, lam[-1]) / m, 2 * z * z * max(0, -lam[0]) / m
    return (difference - quantile(weights, (1 + level) / 2) - np.hypot(z * s, down),
            difference - quantile(weights, (1 - level) / 2) + np.hypot(z * s, up))


print("# made by norm-difference.py (numpy %s): M; triangle of K; difference; level; limits" % np.__version__)
rng = np.random.default_rng(5)
for m, p, shift, other in ((8, 3, 0.0, 0.0), (8, 2, 1.0, 0.3), (12, 5, 0.5, 2.0), (20, 4, 0.0, 1.0)):
    a = rng.standard_normal((m, p)) + shift
    b = 0.7 * a + rng.standard_normal((m, p)) + other - 0.7 * shift
    kernel = a @ a.T - b @ b.T
    difference = (kernel.sum() - np.trace(kernel)) / (m * (m - 1))
    level = 0.9 if m == 12 else 0.95
    low, high = limits(kernel, difference, level)
    triangle = kernel[np.triu_indices(m)]
    print(m, "|", " ".join(repr(float(x)) for x in triangle), "|", repr(float(difference)), "|", level, "|",
          repr(float(low)), repr(float(high)))
