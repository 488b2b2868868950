"""pandas as one of the programs of the reading benchmark: says who it is in
one line of JSON, then answers every line of JSON on stdin with one on stdout,
as readPeers.mjs does.

`dtype` tells it that every column is float32, `astype` has it find out for
itself and turns what it found.
"""

import gc
import json
import sys
import time


def peak_bytes():
    try:
        import resource
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def main():
    def say(answer):
        print(json.dumps(answer), flush=True)

    try:
        import numpy as np
        import pandas as pd
    except ImportError as error:
        say({"peer": "pandas", "missing": str(error)})
        return
    say({"peer": "pandas", "version": pd.__version__})

    for line in sys.stdin:
        if not line.strip():
            continue
        message = json.loads(line)
        frame = None
        gc.collect()
        try:
            start = time.perf_counter()
            if message["way"] == "dtype":
                frame = pd.read_csv(message["file"], dtype=np.float32)
            else:
                frame = pd.read_csv(message["file"]).astype(np.float32)
            ms = (time.perf_counter() - start) * 1000
            peak = peak_bytes()
            rows, columns = frame.shape
            sums = (frame[name].to_numpy().sum(dtype=float) for name in frame)
            answer = {"rows": rows, "columns": columns, "sum": float(sum(sums))}
            say({"ms": ms, "most": peak, **answer})
        except Exception as error:
            say({"error": f"{type(error).__name__}: {error}"})


if __name__ == "__main__":
    main()
