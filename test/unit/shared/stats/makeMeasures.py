"""Writes measures.json: the six measures by scipy and scikit-learn. Run: python3 makeMeasures.py (needs numpy, scipy, scikit-learn)."""
import json
import warnings
from pathlib import Path

import numpy
import scipy
import sklearn
from scipy.stats import pearsonr, spearmanr
from sklearn.metrics import mean_absolute_error, mean_squared_error, r2_score

warnings.simplefilter("ignore")
rng = numpy.random.default_rng(20261120)


def case(name, predicted, measured):
    # The workbench holds activities as float32; the references see the same rounded numbers in double precision.
    p = numpy.asarray(predicted, dtype=numpy.float32).astype(float)
    m = numpy.asarray(measured, dtype=numpy.float32).astype(float)
    known = ~numpy.isnan(m)
    a, b = p[known], m[known]
    defined = lambda value: None if value is None or not numpy.isfinite(value) else float(value)
    correlated = len(a) > 1 and len(set(a)) > 1 and len(set(b)) > 1
    mse = mean_squared_error(b, a) if len(a) else None
    return {
        "name": name,
        "predicted": p.tolist(),
        "measured": [None if numpy.isnan(x) else x for x in m.tolist()],
        "expected": {
            "n": int(known.sum()),
            "mse": defined(mse),
            "rmse": defined(mse ** 0.5) if mse is not None else None,
            "mae": defined(mean_absolute_error(b, a)) if len(a) else None,
            "pearson": defined(pearsonr(a, b)[0]) if correlated else None,
            "spearman": defined(spearmanr(a, b)[0]) if correlated else None,
            "r2": defined(r2_score(b, a)) if len(set(b)) > 1 else None,
        },
    }


x = rng.normal(size=200)
cases = [
    case("random", x, 0.5 * x + rng.normal(size=200)),
    case("ties", rng.integers(0, 5, 120), rng.integers(0, 4, 120)),
    case("not measured", x[:60], numpy.where(rng.random(60) < 0.3, numpy.nan, rng.normal(size=60))),
    case("nothing measured", [1, 2, 3], [numpy.nan] * 3),
    case("empty", [], []),
    case("one", [0.3], [0.7]),
    case("two", [0.1, 0.4], [2, 1]),
    case("constant prediction", [0.1] * 10, rng.normal(size=10)),
    case("constant measurement", rng.normal(size=10), [0.1] * 10),
    case("both constant", [0.1] * 10, [0.1] * 10),
    case("perfect", x[:30], x[:30]),
    case("reversed", x[:30], -x[:30]),
    case("far from zero", 1e4 + x, 1e4 + 0.5 * x + rng.normal(size=200)),
]
versions = {"numpy": numpy.__version__, "scipy": scipy.__version__, "scikit-learn": sklearn.__version__}
Path(__file__).with_name("measures.json").write_text(json.dumps({"versions": versions, "cases": cases}) + "\n")
