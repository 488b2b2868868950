# ---------------------------------------------------------------------------------------------------- refit
MOST_CATEGORIES = 20


def fitted(values, chosen, team):
    """Mean and deviation of the training rows of all processes, the missing ones at the mean; sums in float64."""
    x = values[chosen]
    present = x[~np.isnan(x)]
    count, total, all_rows = team.total([float(len(present)), float(present.sum()), float(len(x))])
    mean = total / count if count else 0.0
    (squares,) = team.total([float(((present - mean) ** 2).sum())])
    if not JOB["standardize"]:
        return {"mean": 0, "deviation": 1, "standIn": mean}
    return {"mean": mean, "deviation": math.sqrt(squares / max(1, all_rows)) or 1.0, "standIn": mean}


def counted(texts, team):
    """How many training rows of all processes have each text."""
    own = {}
    for text in texts:
        if text is not None:
            own[text] = own.get(text, 0) + 1
    counts = {}
    for each in team.gather(own):
        for text, count in each.items():
            counts[text] = counts.get(text, 0) + count
    return counts


def refitted(rows, team):
    """The transform with means, deviations, stand-ins, ranges and categories of these training rows; medians and ranks stay."""
    chosen = np.array(rows.flags, dtype=np.int64) == FLAGS["train"]
    columns = []
    for k, column in enumerate(COLUMNS):
        column = dict(column)
        if column["kind"] == "category":
            counts = counted([v for v, is_trained in zip(rows.values[k], chosen) if is_trained], team)
            common = sorted(counts, key=lambda text: (-counts[text], text))[: max(MOST_CATEGORIES, len(column["categories"]))]
            column["categories"] = sorted(common)
            if column["standIn"] is not None and common:
                column["standIn"] = common[0]
        elif column["kind"] == "time":
            turns = 2 * np.pi * rows.array(k)
            column.update(sine=fitted(np.sin(turns), chosen, team), cosine=fitted(np.cos(turns), chosen, team))
        elif column["kind"] in ("boolean", "ticked"):
            column["standIn"] = int(fitted(rows.array(k), chosen, team)["standIn"] > 0.5)
        elif column["kind"] != "list":
            column.update(fitted(reshaped(rows.array(k), column), chosen, team))
        columns.append(column)
    target = dict(TARGET)
    if target["kind"] != "classes":
        found = fitted(np.array(rows.answers, dtype=np.float64), chosen, team)
        count, total = team.total([float(chosen.sum()), float(np.array(rows.answers)[chosen].sum())])
        mean = total / max(1, count)
        (squares,) = team.total([float(((np.array(rows.answers)[chosen] - mean) ** 2).sum())])
        target.update(mean=found["standIn"], deviation=math.sqrt(squares / max(1, count)) or 1.0)
    return dict(JOB["model"]["transform"], columns=columns, target=target, reading=with_ranges(rows, chosen, team))


def with_ranges(rows, chosen, team):
    reading = JOB["model"]["transform"]["reading"]
    columns = []
    for k, (column, known) in enumerate(zip(COLUMNS, reading["columns"])):
        if known["range"] is not None:
            x = rows.array(k)[chosen]
            x = x[~np.isnan(x)]
            own = [float(x.min()), float(x.max())] if len(x) else None
            each = [found for found in team.gather(own) if found]
            known = dict(known, range=[min(e[0] for e in each), max(e[1] for e in each)] if each else None)
        columns.append(known)
    return dict(reading, columns=columns)


def names_of(columns):
    """What each feature is, to tell which ones stay."""
    names = []
    for column in columns:
        own = column.get("categories", column.get("answers")) if column["kind"] in ("category", "list") else None
        own = ["= " + text for text in own] if own is not None else ["sine", "cosine"] if column["kind"] == "time" else [""]
        names += [(column["name"], text) for text in own + (["is missing"] if column["missingFeature"] else [])]
    return names


def initial_weights(columns):
    """The weights that the training begins with; a feature that --refit has found has some drawn as wide as the others'."""
    layers = JOB["model"]["weights"]["layers"]
    first = np.array(layers[0]["W"], dtype=np.float64)
    before, after = names_of(COLUMNS), names_of(columns)
    if before != after:
        drawn = np.random.Generator(np.random.PCG64(JOB["seed"])).standard_normal((len(first), len(after)))
        drawn *= np.sqrt(np.mean(first**2)) if first.size else 0.01
        for k, name in enumerate(after):
            if name in before:
                drawn[:, k] = first[:, before.index(name)]
        first = drawn
    parts = []
    for l, layer in enumerate(layers):
        W = first if l == 0 else np.array(layer["W"], dtype=np.float64)
        parts += [W.reshape(-1), np.array(layer["b"], dtype=np.float64)]
    return [len(after)] + SIZES[1:], torch.from_numpy(np.concatenate(parts))
