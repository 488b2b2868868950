# --------------------------------------------------------------------------------- checkpoints and the model
def content_hash(value):
    """SHA-256 of what JSON holds, whatever its form: docs/model-file.md of Neuron Lens has the rule."""
    parts = []

    def tagged(tag, length):
        parts.append(tag + struct.pack(">d", float(length)))

    def add(value):
        if value is None:
            parts.append(b"n")
        elif value is True or value is False:
            parts.append(b"t" if value else b"f")
        elif isinstance(value, (int, float)):
            tagged(b"d", value)
        elif isinstance(value, str):
            encoded = value.encode()
            tagged(b"s", len(encoded))
            parts.append(encoded)
        elif isinstance(value, list):
            tagged(b"[", len(value))
            for each in value:
                add(each)
        else:
            tagged(b"{", len(value))
            for key in sorted(value):
                add(key)
                add(value[key])

    add(value)
    return hashlib.sha256(b"".join(parts)).hexdigest()


def write_whole(path, write):
    """Writes a file whole or not at all: under another name first, which is on the disk before it takes the place."""
    beside = "%s.%d.part" % (path, os.getpid())
    try:
        with open(beside, "wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    finally:
        if os.path.exists(beside):
            os.remove(beside)


def save_checkpoint(path, key, training, transform):
    """Tensors, numbers and texts alone: torch.load(…, weights_only=True) reads it."""
    optimizer = training.optimizer
    state = {
        "key": key,
        "epoch": training.epoch,
        "steps": optimizer.steps,
        "transform": json.dumps(transform),
        "sizes": json.dumps(training.network.sizes),
        "w": training.w,
        "first": optimizer.first,
        "second": optimizer.second,
    }
    write_whole(path, lambda file: torch.save(state, file))


def load_checkpoint(path, key):
    try:
        state = torch.load(path, weights_only=True)
        if state["key"] != key:
            fail(path, "it is the checkpoint of other data, another model, or other settings")
        return state
    except Refused:
        raise
    except Exception as error:
        fail(path, "it is no checkpoint of this job, or is damaged (%s)" % type(error).__name__)


def optimizer_state(optimizer):
    numbers = [float(optimizer.steps)] + optimizer.first.tolist() + optimizer.second.tolist()
    return base64.b64encode(struct.pack("<%dd" % (len(numbers) + 1), len(numbers), *numbers)).decode()


def model_of(training, transform, measure, data_hash, is_ours):
    (train_cost, train_score), (test_cost, test_score) = measure
    scores = {"trainCost": train_cost, "testCost": test_cost, "trainScore": train_score, "testScore": test_score}
    model = dict(JOB["model"], transform=transform)
    facts = dict(model["training"], epoch=training.epoch, measure=dict(scores, epoch=training.epoch), tableHash=data_hash)
    facts.update(trainRows=training.train.count, testRows=training.test.count)
    if not is_ours:
        facts["baselines"] = None
    layers = [{"W": W.tolist(), "b": b.view(-1).tolist()} for W, b in training.network.layers(training.w)]
    model.update(
        training=facts,
        network=dict(model["network"], sizes=training.network.sizes),
        weights={"precision": "float64", "layers": layers},
        optimizer={"state": optimizer_state(training.optimizer), "frozen": []},
    )
    return model


def save_model(path, model):
    """A `*.neuron.json`, which Neuron Lens opens."""
    text = json.dumps({"neuronLensModel": 1, "sha256": content_hash(model), "model": model}, indent=1)
    write_whole(path, lambda file: file.write((text + "\n").encode()))
