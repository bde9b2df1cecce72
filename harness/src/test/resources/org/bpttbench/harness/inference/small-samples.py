"""Writes small-samples.txt: what scipy 1.17 and numpy 2.4 say of small data sets. One line each: what | data | result."""
import itertools
import numpy as np
from scipy import stats

rng = np.random.default_rng(5)
lines = []


def add(what, data, result):
    text = lambda values: " ".join(repr(float(v)) for v in np.ravel(values))
    lines.append(f"{what} | {text(data)} | {text(result)}")


# differences; W+, p. Exact by scipy without ties; with ties by enumerating all signs of scipy's midranks.
for n in [1, 5, 6, 10, 25]:
    d = np.round(rng.normal(0.4, 1, n), 3)
    r = stats.wilcoxon(d, method="exact", alternative="two-sided")
    add("signed-rank", d, [stats.rankdata(abs(d))[d > 0].sum(), r.pvalue])
for n in [4, 9, 14]:
    d = rng.integers(-3, 6, n).astype(float)
    d[0], d[1] = 0.0, np.inf
    kept = d[d != 0]
    ranks = stats.rankdata(np.minimum(abs(kept), 1e9))
    w = ranks[kept > 0].sum()
    sums = [np.dot(ranks, s) for s in itertools.product([0, 1], repeat=len(kept))]
    add("signed-rank", d, [w, min(1, 2 * min(np.mean(np.array(sums) <= w), np.mean(np.array(sums) >= w)))])
# differences; limits at 95 % by scipy.stats.t.interval
for n in [2, 3, 10, 40]:
    d = np.round(rng.normal(1, 2, n), 3)
    add("paired-mean", d, stats.t.interval(0.95, n - 1, d.mean(), stats.sem(d)))
# values; scipy.stats.trim_mean with 25 %
for n in [1, 3, 4, 7, 20]:
    d = np.round(rng.lognormal(0, 1, n), 3)
    add("interquartile-mean", d, [stats.trim_mean(d, 0.25)])
# successes, trials, level; two-sided limits as quantiles of beta laws, scipy.stats.beta.ppf: those of
# binomtest are right to 1e-12 absolutely, which is not enough for small ones
for k, n, level in [(0, 10, 0.95), (3, 10, 0.95), (10, 10, 0.9), (1, 1000000, 0.99), (230, 4000, 0.99), (4000, 4001, 0.95)]:
    tail = (1 - level) / 2
    low = stats.beta.ppf(tail, k, n - k + 1) if k > 0 else 0
    high = stats.beta.isf(tail, k + 1, n - k) if k < n else 1
    add("binomial", [k, n, level], [low, high])
# draws that nothing is made of any more: the samples below come after them in the stream
for m, k in [(5, 1), (12, 3), (200, 20)]:
    rng.normal(0.15, 1, (m, k)), rng.normal(0, 1, (k, k)), rng.integers(-3, 3, k)
# p values; statsmodels is not there: Holm's definition, by sorting
for p in [[0.01, 0.04, 0.03, 0.005], [0.5, 0.2, 0.9], [1e-6], [0.02, 0.02, 0.02]]:
    p = np.array(p)
    adjusted = [max(min(1, (len(p) - sum(p < q)) * q) for q in p if q <= own) for own in p]
    add("holm", p, adjusted)

# sizes, first sample, second sample; U of the second, p. Exact by scipy without ties; with ties by enumerating all choices
rng = np.random.default_rng(6)
for n, m in [(1, 1), (3, 4), (4, 4), (8, 6), (20, 15)]:
    a, b = np.round(rng.normal(0, 1, n), 3), np.round(rng.normal(0.8, 2, m), 3)
    r = stats.mannwhitneyu(b, a, method="exact", alternative="two-sided")
    add("rank-sum", np.concatenate([[n, m], a, b]), [r.statistic, r.pvalue])
for n, m in [(2, 3), (5, 6), (7, 5)]:
    a, b = rng.integers(0, 4, n).astype(float), rng.integers(1, 5, m).astype(float)
    b[0] = np.inf
    ranks = stats.rankdata(np.minimum(np.concatenate([a, b]), 1e9))
    own = ranks[n:].sum()
    sums = np.array([sum(c) for c in itertools.combinations(ranks, m)])
    p = min(1, 2 * min(np.mean(sums <= own), np.mean(sums >= own)))
    add("rank-sum", np.concatenate([[n, m], a, b]), [own - m * (m + 1) / 2, p])
# sizes, first sample, second sample; limits at 95 % of second less first by scipy.stats.ttest_ind(equal_var=False)
for n, m in [(2, 2), (3, 7), (10, 10), (40, 12)]:
    a, b = np.round(rng.normal(0, 1, n), 3), np.round(rng.normal(0.8, 3, m), 3)
    limits = stats.ttest_ind(b, a, equal_var=False).confidence_interval(0.95)
    add("mean-difference", np.concatenate([[n, m], a, b]), limits)

with open("small-samples.txt", "w") as out:
    out.write("# Written by small-samples.py with scipy 1.17 and numpy 2.4: what | data | result.\n")
    out.write("\n".join(lines) + "\n")
