# ----------------------------------------------------------------------------------------------------- main
class Team:
    """The processes that train together: one, or as many as torchrun has started."""

    def __init__(self):
        self.world, self.rank = int(os.environ.get("WORLD_SIZE", "1")), int(os.environ.get("RANK", "0"))
        if self.world == 1:
            return
        if os.environ.get("LOCAL_WORLD_SIZE") == os.environ["WORLD_SIZE"]:
            # All on one machine: its own address, whatever its name stands for.
            loopback = {"linux": "lo", "darwin": "lo0"}.get(sys.platform)
            if loopback:
                os.environ.setdefault("GLOO_SOCKET_IFNAME", loopback)
        dist.init_process_group("gloo", timeout=datetime.timedelta(seconds=45))

    def total(self, numbers):
        """The sum over all processes, of a tensor or of a list of numbers: gradients and counts, never means."""
        if isinstance(numbers, list):
            return self.total(torch.tensor(numbers, dtype=torch.float64)).tolist()
        if self.world > 1:
            dist.all_reduce(numbers, op=dist.ReduceOp.SUM)
        return numbers

    def gather(self, value):
        """What each process has, as JSON."""
        if self.world == 1:
            return [value]
        own = torch.tensor(list(json.dumps(value).encode()), dtype=torch.uint8)
        sizes = torch.zeros(self.world, dtype=torch.int64)
        sizes[self.rank] = len(own)
        sizes = self.total(sizes).tolist()
        padded = torch.zeros(max(sizes), dtype=torch.uint8)
        padded[: len(own)] = own
        all_of_them = [torch.zeros(max(sizes), dtype=torch.uint8) for _ in sizes]
        dist.all_gather(all_of_them, padded)
        return [json.loads(bytes(each[:size].tolist())) for each, size in zip(all_of_them, sizes)]

    def agreed(self, work):
        """Does what may be refused; where one process is, all are, with its sentence."""
        result, told = None, None
        try:
            result = work()
        except (Refused, OSError) as error:
            told = str(error)
        sentences = [each for each in self.gather(told) if each is not None]
        if sentences:
            raise Refused(sentences[0])
        return result

    def of_first(self, work):
        """What the first process finds, for all of them."""
        return self.gather(self.agreed(lambda: work() if self.rank == 0 else None))[0]

    def say(self, text):
        if self.rank == 0:
            print(text, flush=True)


def data_files(given):
    """CSV and Parquet files, those of a folder among them, in the order of their names."""
    files = []
    for path in given or [JOB["file"]]:
        if os.path.isdir(path):
            files += [os.path.join(path, n) for n in os.listdir(path) if re.search(r"\.(csv|tsv|txt|gz|parquet)$", n)]
        else:
            files.append(path)
    return sorted(files, key=lambda path: (os.path.basename(path), path))


def hashes_of(files):
    found = []
    for path in files:
        digest = hashlib.sha256()
        with open(path, "rb") as file:
            for piece in iter(lambda: file.read(1 << 20), b""):
                digest.update(piece)
        found.append(digest.hexdigest())
    return found


def balanced(team, rows, chosen):
    """What the loss of each row counts, where classes count alike."""
    classes = TARGET["classes"]
    own = [float(sum(1 for a, c in zip(rows.answers, chosen) if c and a == label)) for label in classes]
    counts = team.total(own)
    weights = {label: sum(counts) / (len(classes) * n) if n else 1.0 for label, n in zip(classes, counts)}
    return np.array([weights[a] for a in rows.answers], dtype=np.float64)


def must_be_as_exported(team, X, chosen, training):
    """That each feature has the mean and the spread it had, and the cost before the first epoch is the same."""
    sums = team.total(X[:, chosen].sum(axis=1).tolist() + (X[:, chosen] ** 2).sum(axis=1).tolist())
    nx, m = len(X), training.train.count
    means, expected = [total / m for total in sums], JOB["check"]["means"] + JOB["check"]["squares"]
    is_off = lambda a, b: not abs(a - b) <= 1e-9 * max(1, abs(b))
    for k, (a, b) in enumerate(zip(means, expected)):
        if is_off(a, b):
            fail(JOB["file"], "“%s” is read otherwise than when it was exported" % names_of(COLUMNS)[k % nx][0])
    for (cost, _), before in zip(training.measure(), (JOB["check"]["cost"], JOB["check"]["testCost"])):
        if (cost is None) != (before is None) or (cost is not None and is_off(cost, before)):
            fail(JOB["file"], "the cost before the first epoch is %r, where it was %r" % (cost, before))


def prepared(team, options, files, is_ours):
    """The training before its first epoch, and the transform."""
    rows = team.agreed(lambda: Rows(files, is_ours, team.rank, team.world))
    flags = torch.zeros(rows.count, dtype=torch.uint8)
    flags[torch.tensor(rows.numbers, dtype=torch.int64)] = torch.tensor(rows.flags, dtype=torch.uint8)
    flags = team.total(flags).numpy()
    trained = np.flatnonzero(flags == FLAGS["train"])
    if len(trained) == 0:
        raise Refused("there is no row to train on")
    transform = refitted(rows, team) if options.refit else JOB["model"]["transform"]
    own = np.array(rows.flags, dtype=np.int64)
    chosen = own == FLAGS["train"]
    X = features_of(rows, transform["columns"])
    Y = answers_of(rows, transform["target"], OUTPUT)
    counts = balanced(team, rows, chosen) if JOB["balanced"] else np.ones(len(own))
    sizes, w = initial_weights(transform["columns"])
    places = np.full(len(trained), -1, dtype=np.int64)
    mine = trained % team.world == team.rank
    places[mine] = np.arange(mine.sum())
    train = Part(X, Y, counts, chosen, len(trained))
    test = Part(X, Y, counts, own == FLAGS["test"], int((flags == FLAGS["test"]).sum()))
    training = Training(Network(sizes), w, train, test, places, team.total)
    facts = [float(rows.unknown), float(rows.unlabelled), float(rows.dropped)]
    unknown, unlabelled, dropped = [int(each) for each in team.total(facts)]
    team.say("%d rows to train on, %d to test on; unknown categories: %d, rows without an answer: %d, left out: %d; "
             "processes: %d" % (train.count, test.count, unknown, unlabelled, dropped, team.world))
    if is_ours and not options.refit:
        must_be_as_exported(team, X, chosen, training)
    return training, transform


def options_of(arguments):
    parser = argparse.ArgumentParser(description="Trains the network of Neuron Lens in float64.")
    parser.add_argument("data", nargs="*", help="CSV or Parquet files, or folders (default: %s)" % JOB["file"].replace("%", "%%"))
    parser.add_argument("-o", "--out", help="the model (default: beside this script, .neuron.json)")
    parser.add_argument("--checkpoint", help="the checkpoint (default: beside this script, .checkpoint.pt)")
    parser.add_argument("--checkpoint-every", type=int, default=max(1, JOB["epochs"] // 10), metavar="EPOCHS")
    parser.add_argument("--report-every", type=int, default=max(1, JOB["epochs"] // 10), metavar="EPOCHS")
    parser.add_argument("--epochs", type=int, default=JOB["epochs"])
    parser.add_argument("--refit", action="store_true", help="fit means, deviations, stand-ins and categories anew")
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint, where there is one")
    parser.add_argument("--force", action="store_true", help="replace checkpoint and model")
    options = parser.parse_args(arguments)
    base = os.path.splitext(os.path.abspath(__file__))[0]
    options.out = options.out or base + ".neuron.json"
    options.checkpoint = options.checkpoint or base + ".checkpoint.pt"
    return options


def run(team, options):
    files = data_files(options.data)
    hashes = team.of_first(lambda: hashes_of(files))
    is_ours = hashes == [JOB["sha256"]]
    data_hash = hashes[0] if len(hashes) == 1 else hashlib.sha256("".join(hashes).encode()).hexdigest()
    key = content_hash([JOB, hashes, options.refit])

    def must_be_free():
        for path in (options.checkpoint, options.out):
            if os.path.exists(path) and not (options.resume or options.force):
                fail(path, "it is there already: --resume goes on from the checkpoint, --force replaces both")

    team.of_first(must_be_free)
    training, transform = prepared(team, options, files, is_ours)
    optimizer = training.optimizer

    def begun():
        if not options.resume or not os.path.exists(options.checkpoint):
            return None
        state = load_checkpoint(options.checkpoint, key)
        numbers = [state[name].tolist() for name in ("w", "first", "second")]
        return [state["epoch"], state["steps"]] + numbers

    kept = team.of_first(begun)
    if kept:
        training.epoch, optimizer.steps = kept[:2]
        training.w, optimizer.first, optimizer.second = [torch.tensor(each, dtype=torch.float64) for each in kept[2:]]
        team.say("goes on from epoch %d" % training.epoch)

    def report():
        (cost, score), (test_cost, test_score) = training.measure()
        tested = "" if test_cost is None else "; test: cost %r, score %r" % (test_cost, test_score)
        team.say("epoch %d of %d: cost %r, score %r%s" % (training.epoch, options.epochs, cost, score, tested))

    report()
    while training.epoch < options.epochs:
        training.advance()
        is_last = training.epoch >= options.epochs
        if training.epoch % options.report_every == 0 or is_last:
            report()
        if training.epoch % options.checkpoint_every == 0 or is_last:
            team.of_first(lambda: save_checkpoint(options.checkpoint, key, training, transform))
    measure = training.measure()
    model = model_of(training, transform, measure, data_hash, is_ours and not options.refit)
    team.of_first(lambda: save_model(options.out, model))
    team.say("saved %s" % os.path.basename(options.out))


def main(arguments):
    team = None
    try:
        options = options_of(arguments)
        team = Team()
        run(team, options)
        return 0
    except (Refused, OSError) as error:
        if team is None or team.rank == 0:
            print(error, file=sys.stderr, flush=True)
        return 2
    except RuntimeError as error:
        if team is None or team.world == 1:
            raise
        print("Process %d ends, as another one is lost: %s" % (team.rank, str(error).strip().split("\n")[0]), file=sys.stderr)
        print("Start all of them again with --resume.", file=sys.stderr, flush=True)
        return 1


if __name__ == "__main__":
    status = main(sys.argv[1:])
    sys.stdout.flush()
    # Nothing waits for a process that is lost.
    os._exit(status)
