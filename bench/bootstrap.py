"""The bootstrap of bench/bootstrap.ts in Python, on the same rows and the same resamples: numpy, scipy and scikit-learn's definitions.

Reads a folder: shape.json, measured.f32 [elements, cell types], predicted.f32 [members, elements, cell types], groups.i32 [elements],
counts.u8 [resamples, groups]. Prints one JSON document with seconds and values. Run: python3 bootstrap.py --folder F --measure pearson --how rows
--how rows: the rows of each resample are gathered and measured, as it is usually written; --how product: sums by group once, and all
resamples as one matrix product (not for spearman).
"""
import argparse
import json
import time
from pathlib import Path

import numpy
import scipy
from scipy.stats import rankdata

options = argparse.ArgumentParser()
options.add_argument("--folder", type=Path, required=True)
options.add_argument("--measure", required=True)
options.add_argument("--how", choices=["rows", "product"], required=True)
options.add_argument("--resamples", type=int, required=True)
asked = options.parse_args()

shape = json.loads((asked.folder / "shape.json").read_text())
elements, width, members, group_count = (shape[key] for key in ("elements", "cellTypes", "members", "groups"))
measured = numpy.fromfile(asked.folder / "measured.f32", "<f4").reshape(elements, width).astype(float)
predicted = numpy.fromfile(asked.folder / "predicted.f32", "<f4").reshape(members, elements, width).astype(float)
groups = numpy.fromfile(asked.folder / "groups.i32", "<i4")
counts = numpy.fromfile(asked.folder / "counts.u8", numpy.uint8).reshape(-1, group_count)[: asked.resamples]


def pearson(x, y):
    x, y = x - x.mean(), y - y.mean()
    return (x @ y) / numpy.sqrt((x @ x) * (y @ y))


measures = {
    "mse": lambda p, m: ((p - m) ** 2).mean(),
    "rmse": lambda p, m: numpy.sqrt(((p - m) ** 2).mean()),
    "mae": lambda p, m: numpy.abs(p - m).mean(),
    "r2": lambda p, m: 1 - ((p - m) ** 2).sum() / ((m - m.mean()) ** 2).sum(),
    "pearson": pearson,
    "spearman": lambda p, m: pearson(rankdata(p), rankdata(m)),
}


def by_rows():
    of = measures[asked.measure]
    values = numpy.empty((members, width + 1, len(counts)))
    order = numpy.argsort(groups, kind="stable")
    sizes = numpy.bincount(groups, minlength=group_count)
    for r, drawn in enumerate(counts):
        rows = numpy.repeat(order, numpy.repeat(drawn, sizes))
        m = measured[rows]
        known = ~numpy.isnan(m)
        for k in range(members):
            p = predicted[k][rows]
            for c in range(width):
                values[k, c, r] = of(p[known[:, c], c], m[known[:, c], c])
            values[k, width, r] = of(p[known], m[known])
    return values


def by_product():
    known = ~numpy.isnan(measured)
    m = numpy.where(known, measured - numpy.nanmean(measured, axis=0), 0)
    centre = numpy.nanmean(measured, axis=0)

    def grouped(values):
        return numpy.stack([numpy.bincount(groups, values[:, c], group_count) for c in range(width)], 1)

    columns = [grouped(known.astype(float)), grouped(m), grouped(m**2)]
    for k in range(members):
        error = numpy.where(known, predicted[k] - measured, 0)
        if asked.measure in ("mse", "rmse", "r2"):
            columns.append(grouped(error**2))
        elif asked.measure == "mae":
            columns.append(grouped(numpy.abs(error)))
        else:
            p = numpy.where(known, predicted[k] - centre, 0)
            columns += [grouped(p), grouped(p**2), grouped(p * m)]
    sums = (counts.astype(float) @ numpy.concatenate(columns, 1)).reshape(len(counts), len(columns), width)
    # All rows together have one centre: each cell type's sums are moved to it.
    values = numpy.empty((members, width + 1, len(counts)))
    n, sm, smm = sums[:, 0], sums[:, 1], sums[:, 2]
    for k in range(members):
        for c in range(width + 1):
            of = slice(c, c + 1) if c < width else slice(0, width)
            move = centre[of] - centre[of].mean()
            N = n[:, of].sum(1)
            M = (sm[:, of] + n[:, of] * move).sum(1)
            MM = (smm[:, of] + 2 * move * sm[:, of] + n[:, of] * move**2).sum(1)
            if asked.measure == "pearson":
                sp, spp, spm = (sums[:, 3 + 3 * k + i][:, of] for i in range(3))
                P = (sp + n[:, of] * move).sum(1)
                PP = (spp + 2 * move * sp + n[:, of] * move**2).sum(1)
                PM = (spm + move * (sp + sm[:, of]) + n[:, of] * move**2).sum(1)
                values[k, c] = (PM - P * M / N) / numpy.sqrt((PP - P * P / N) * (MM - M * M / N))
            else:
                E = sums[:, 3 + k][:, of].sum(1)
                values[k, c] = {"mse": E / N, "mae": E / N, "rmse": numpy.sqrt(E / N), "r2": 1 - E / (MM - M * M / N)}[asked.measure]
    return values


start = time.perf_counter()
values = by_rows() if asked.how == "rows" else by_product()
seconds = time.perf_counter() - start
print(json.dumps({"numpy": numpy.__version__, "scipy": scipy.__version__, "seconds": seconds, "values": values.ravel().tolist()}))
