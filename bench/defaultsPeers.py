"""
scikit-learn on the features of our data sets, for the benchmark of the
automatic settings. Says who it is in one line of JSON, then answers every line
of JSON on stdin with one on stdout: the test scores of its models, which are
as they come but for the seed.
"""

import json
import os
import sys
import warnings

# Several of this program run at a time, one for each core.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"


def models(is_number, seed):
    from sklearn.ensemble import (
        HistGradientBoostingClassifier,
        HistGradientBoostingRegressor,
    )
    from sklearn.linear_model import LogisticRegression, Ridge
    from sklearn.neural_network import MLPClassifier, MLPRegressor

    if is_number:
        return {
            "theirLine": Ridge(1.0),
            "mlp": MLPRegressor(random_state=seed),
            "hgb": HistGradientBoostingRegressor(random_state=seed),
        }
    return {
        "theirLine": LogisticRegression(C=1, max_iter=1000),
        "mlp": MLPClassifier(random_state=seed),
        "hgb": HistGradientBoostingClassifier(random_state=seed),
    }


def main():
    def say(answer):
        print(json.dumps(answer), flush=True)

    try:
        import numpy as np
        import sklearn
    except ImportError as error:
        say({"peer": "scikit-learn", "missing": str(error)})
        return
    say({"peer": "scikit-learn", "version": sklearn.__version__})
    # That 200 epochs were not enough for the MLP is what it is like by default.
    warnings.filterwarnings("ignore")

    for line in sys.stdin:
        if not line.strip():
            continue
        message = json.loads(line)
        data = message["data"]
        try:
            x = np.fromfile(f"{data}.x").reshape(message["features"], -1).T
            y = np.fromfile(f"{data}.y")
            train = np.fromfile(f"{data}.train", dtype=np.int32)
            test = np.fromfile(f"{data}.test", dtype=np.int32)
            scores = {}
            for name, model in models(message["classes"] == 0, message["seed"]).items():
                model.fit(x[train], y[train])
                scores[name] = float(model.score(x[test], y[test]))
            say(scores)
        except Exception as error:
            say({"error": f"{type(error).__name__}: {error}"})


if __name__ == "__main__":
    main()
