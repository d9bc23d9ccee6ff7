"""Makes noiseCeiling.json: noise ceilings worked with numpy and scipy. Run: python makeNoiseCeiling.py > noiseCeiling.json"""
import itertools
import json

import numpy
from scipy import stats

generator = numpy.random.default_rng(7)
cases = []
for k, noise in [(2, 0.3), (3, 0.8), (3, 1.5), (4, 1.0)]:
    truth = generator.normal(size=40)
    replicates = [(truth + noise * generator.normal(size=40)).astype(numpy.float32) for _ in range(k)]
    for replicate in replicates:
        replicate[generator.random(40) < 0.1] = numpy.nan
    rs = []
    for a, b in itertools.combinations(replicates, 2):
        both = ~numpy.isnan(a) & ~numpy.isnan(b)
        rs.append(stats.pearsonr(a[both].astype(float), b[both].astype(float)).statistic)
    r = float(numpy.mean(rs))
    reliability = k * r / (1 + (k - 1) * r)
    cases.append({
        "replicates": [[None if numpy.isnan(x) else float(x) for x in replicate] for replicate in replicates],
        "replicateR": r,
        "ceiling": float(numpy.sqrt(reliability)),
    })
print(json.dumps(cases))
