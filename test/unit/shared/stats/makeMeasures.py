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
    case("ties in the predictions, as of a variant that is not told the cell type", numpy.repeat(x[:40], 3), rng.normal(size=120)),
    case("ties in the measurements, some not measured", x[:90], numpy.where(rng.random(90) < 0.2, numpy.nan, rng.integers(-2, 3, 90))),
    case("all but one tied", [0.5] * 9 + [0.7], rng.normal(size=10)),
    case("two, equal predictions", [0.1, 0.1], [2, 1]),
    case("two, equal measurements", [0.1, 0.4], [2, 2]),
    case("two, both equal", [0.1, 0.1], [0.1, 0.1]),
    case("two, one not measured", [0.1, 0.4], [2, numpy.nan]),
    case("two left of three, in order", [0.1, 0.9, 0.4], [1, numpy.nan, 3]),
    case("constant but for what is not measured", [1, 2, 3, 4], [0.5, numpy.nan, 0.5, 0.5]),
    case("the last digit of a float32 apart", numpy.nextafter(numpy.float32(1), numpy.float32(2)) * numpy.array([1, 1, 1]) + numpy.array([0, 2**-22, 2**-21]), [1, 3, 2]),
    case("zeros of both signs", [0.0, -0.0, 1.0, -1.0], [-0.0, 0.0, 2.0, 1.0]),
]
versions = {"numpy": numpy.__version__, "scipy": scipy.__version__, "scikit-learn": sklearn.__version__}
Path(__file__).with_name("measures.json").write_text(json.dumps({"versions": versions, "cases": cases}) + "\n")
