# -------------------------------------------------------------------------------------------------- features
FLAGS = {"none": 0, "train": 1, "test": 2}


def mix(numbers):
    """Spreads numbers over 32 bits (the finalizer of MurmurHash3)."""
    h = np.array(numbers, dtype=np.uint64) & MASK
    h = ((h ^ (h >> np.uint64(16))) * np.uint64(0x85EBCA6B)) & MASK
    h = ((h ^ (h >> np.uint64(13))) * np.uint64(0xC2B2AE35)) & MASK
    return h ^ (h >> np.uint64(16))


MASK = np.uint64(0xFFFFFFFF)


def is_tested(row):
    """The split of any data but the exported file: a row is tested on where mix(mix(seed) + its global number) / 2^32 is
    below the share of the test part."""
    return float(mix(mix(JOB["seed"]) + np.uint64(row))) / 2**32 < JOB["testFraction"]


def unpacked(text, kind):
    return np.frombuffer(zlib.decompress(base64.b64decode(text)), dtype=kind)


class Rows:
    """The rows of this process: each that has `rank` as the remainder of its global number by the number of processes."""

    def __init__(self, paths, is_ours, rank, world):
        self.values = [[] for _ in COLUMNS]
        self.answers, self.numbers, self.flags = [], [], []
        self.unknown = self.unlabelled = self.dropped = 0
        self.count = 0
        reading = JOB["model"]["transform"].get("reading") or {}
        marks = [each["decimalMark"] for each in reading.get("columns", [])] + [reading["target"]["decimalMark"]]
        held = dict(JOB["placeholders"])
        columns = COLUMNS + [TARGET]
        readers = [reader_of(c, m, held.get(c["name"], [])) for c, m in zip(columns, marks)]
        lines = np.cumsum(unpacked(JOB["rows"]["lines"], "<u4").astype(np.int64)) if is_ours else None
        tested = np.unpackbits(unpacked(JOB["rows"]["tested"], "u1"), bitorder="little") if is_ours else None
        for path in paths:
            for where, line, cells, places in rows_of(path):
                row = self.count
                if is_ours and (row == len(lines) or line != lines[row]):
                    continue
                self.count += 1
                if row % world == rank:
                    self.take(row, where, cells, places, columns, readers, tested)
        if is_ours and self.count != len(lines):
            fail(paths[0], "its rows do not stand where they stood when it was exported")

    def take(self, row, where, cells, places, columns, readers, tested):
        if len(cells) <= max(places) or any(cell != "" for cell in cells[JOB["width"] :]):
            fail(where, "%d cells where %d are expected" % (len(cells), JOB["width"]))
        values = []
        for column, place, read in zip(columns, places, readers):
            cell = cells[place]
            if isinstance(cell, str):
                ready, text = None, cell
            else:
                ready, text = typed(cell, column)
            try:
                values.append(ready if text is None else read(text))
            except ValueError as error:
                fail(where, "column “%s”: “%s” does not fit: %s" % (column["name"], text, error))
        flag = "test" if (tested[row] if tested is not None else is_tested(row)) else "train"
        answer = values.pop()
        if TARGET["kind"] == "classes":
            # Of a column in which something is given or not, an empty cell is a class.
            if TARGET["classes"][0] == "(empty)":
                is_given = answer is not None and answer.lower() not in ("0", "no", "n", "false")
                answer = (answer if TARGET["classes"][1] != "(given)" else "(given)") if is_given else "(empty)"
            if answer is not None and answer not in TARGET["classes"]:
                fail(where, "column “%s”: “%s” is no class of the model" % (TARGET["name"], answer))
        if answer is None:
            self.unlabelled += 1
            return
        lacks = [c["name"] for c, v in zip(COLUMNS, values) if v is None and c["kind"] != "list"]
        if lacks and JOB["missingValues"] == "refuse":
            fail(where, "no value in “%s”" % lacks[0])
        if lacks and JOB["missingValues"] == "dropRows":
            self.dropped += 1
            return
        for column, value, own in zip(COLUMNS, values, self.values):
            if value is not None and column["kind"] == "category" and value not in column["categories"]:
                self.unknown += 1
            own.append(value)
        self.answers.append(answer)
        self.numbers.append(row)
        self.flags.append(FLAGS[flag])

    def array(self, k):
        return np.array([math.nan if v is None else v for v in self.values[k]], dtype=np.float64)


def log(x, median):
    with np.errstate(over="ignore"):
        ratio = np.abs(x) / median
        size = np.where(np.isinf(ratio), np.log(np.maximum(np.abs(x), 1e-300)) - np.log(median), np.log1p(ratio))
    return np.copysign(size, x)


def rank_of(x, values, below):
    shares = np.append(np.array(below, dtype=np.float64), 1.0)
    places = np.searchsorted(np.array(values, dtype=np.float64), np.where(np.isnan(x), 0.0, x), side="left")
    return np.where(np.isnan(x), np.nan, shares[places])


def reshaped(x, column):
    reshape = column.get("reshape")
    if not reshape:
        return x
    if reshape["kind"] == "log":
        return log(x, reshape["median"])
    return rank_of(x, reshape["values"], reshape["below"])


def scaled(x, fitted):
    return (np.where(np.isnan(x), fitted["standIn"], x) - fitted["mean"]) / fitted["deviation"]


def features_of(rows, columns):
    """X, (nx, rows)."""
    X = []
    for k, column in enumerate(columns):
        kind, values = column["kind"], rows.values[k]
        absent = np.array([float(v is None) for v in values], dtype=np.float64)
        if kind == "category":
            filled = [column["standIn"] if v is None else v for v in values]
            X += [np.array([float(v == c) for v in filled], dtype=np.float64) for c in column["categories"]]
        elif kind == "list":
            X += [np.array([float(a in (v or [])) for v in values], dtype=np.float64) for a in column["answers"]]
            absent = absent * 0
        elif kind == "time":
            turns = 2 * np.pi * rows.array(k)
            X += [scaled(np.sin(turns), column["sine"]), scaled(np.cos(turns), column["cosine"])]
        else:
            X.append(scaled(reshaped(rows.array(k), column), column))
        if column["missingFeature"]:
            X.append(absent)
    return np.array(X, dtype=np.float64).reshape(len(X), len(rows.answers))


def answers_of(rows, target, output):
    """Y, (ny, rows)."""
    if target["kind"] != "classes":
        return (np.array([rows.answers], dtype=np.float64) - target["mean"]) / target["deviation"]
    indexes = np.array([target["classes"].index(a) for a in rows.answers], dtype=np.int64)
    if output != "softmax":
        return indexes.reshape(1, -1).astype(np.float64)
    return np.eye(len(target["classes"]))[indexes].T.reshape(len(target["classes"]), -1)
