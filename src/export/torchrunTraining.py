# -------------------------------------------------------------------------------------------------- training
SIZES, HIDDEN, OUTPUT = JOB["model"]["network"]["sizes"], JOB["model"]["network"]["hidden"], JOB["model"]["network"]["output"]


def slope(Z, A):
    if HIDDEN == "tanh":
        return 1 - A * A
    if HIDDEN == "sigmoid":
        return A * (1 - A)
    if HIDDEN == "linear":
        return torch.ones_like(Z)
    return torch.where(Z < 0, torch.full_like(Z, 0.0 if HIDDEN == "relu" else 0.01), torch.ones_like(Z))


def activation(Z):
    if HIDDEN == "tanh":
        return torch.tanh(Z)
    if HIDDEN == "sigmoid":
        return torch.sigmoid(Z)
    if HIDDEN == "linear":
        return Z
    return torch.where(Z < 0, Z * (0.0 if HIDDEN == "relu" else 0.01), Z)


class Network:
    """W and b of each layer, one after the other in one tensor: layer by layer, W row by row, then b."""

    def __init__(self, sizes):
        self.sizes = sizes
        self.count = sum(n * (before + 1) for before, n in zip(sizes, sizes[1:]))
        self.is_weight = torch.cat([
            torch.cat([torch.ones(n * before), torch.zeros(n)]) for before, n in zip(sizes, sizes[1:])
        ]).to(torch.float64)

    def layers(self, flat):
        at = 0
        for before, n in zip(self.sizes, self.sizes[1:]):
            W = flat[at : at + n * before].view(n, before)
            yield W, flat[at + n * before : at + n * (before + 1)].view(n, 1)
            at += n * (before + 1)

    def forward(self, flat, X):
        A, Z = [X], [None]
        for W, b in self.layers(flat):
            Z.append(W @ A[-1] + b)
            A.append(activation(Z[-1]))
        if OUTPUT == "sigmoid":
            A[-1] = torch.sigmoid(Z[-1])
        elif OUTPUT == "softmax":
            A[-1] = torch.softmax(Z[-1], dim=0)
        else:
            A[-1] = Z[-1]
        return Z, A

    def losses(self, Z, Y):
        if OUTPUT == "sigmoid":
            return (torch.clamp(Z, min=0) - Z * Y + torch.log1p(torch.exp(-torch.abs(Z))))[0]
        if OUTPUT == "softmax":
            return (Y * (torch.logsumexp(Z, dim=0, keepdim=True) - Z)).sum(dim=0)
        return (0.5 * (Z - Y) ** 2)[0]

    def sums(self, flat, X, Y, counts):
        """Of these examples, which may be none: dW and db summed up, laid out as the parameters, and behind them the loss."""
        Z, A = self.forward(flat, X)
        dZ, parts, layers = (A[-1] - Y) * counts, [], list(self.layers(flat))
        for l in range(len(layers), 0, -1):
            parts[:0] = [(dZ @ A[l - 1].T).reshape(-1), dZ.sum(dim=1)]
            if l > 1:
                dZ = (layers[l - 1][0].T @ dZ) * slope(Z[l - 1], A[l - 1])
        return torch.cat(parts + [(self.losses(Z[-1], Y) * counts).sum().view(1)])

    def measures(self, flat, X, Y, counts):
        """Summed up over these examples: the loss, how many are right, and squared errors."""
        Z, A = self.forward(flat, X)
        loss = (self.losses(Z[-1], Y) * counts).sum()
        if OUTPUT == "linear":
            return torch.stack([loss, torch.zeros_like(loss), ((Y - A[-1]) ** 2).sum()])
        if OUTPUT == "sigmoid":
            right = ((A[-1] > 0.5).double() == Y).sum()
        else:
            right = (torch.argmax(A[-1], dim=0) == torch.argmax(Y, dim=0)).sum()
        return torch.stack([loss, right.double(), torch.zeros_like(loss)])


class Optimizer:
    def __init__(self, network):
        self.kind, self.network, self.steps = JOB["optimizer"], network, 0
        none = torch.zeros(0, dtype=torch.float64)
        self.first = none if self.kind == "gradientDescent" else torch.zeros(network.count, dtype=torch.float64)
        self.second = torch.zeros(network.count, dtype=torch.float64) if self.kind == "adam" else none

    def step(self, w, gradient, rate):
        self.steps += 1
        beta, penalized = JOB["momentum"], self.network.is_weight
        g = gradient + penalized * (JOB["l2"] * w + JOB["l1"] * torch.sign(w))
        if self.kind == "gradientDescent":
            w -= rate * g
        elif self.kind == "adam":
            self.first = 0.9 * self.first + (1 - 0.9) * g
            self.second = 0.999 * self.second + (1 - 0.999) * g * g
            root = torch.sqrt(self.second) / math.sqrt(1 - 0.999**self.steps)
            w -= (rate * self.first / (1 - 0.9**self.steps)) / (root + 1e-8)
        else:
            self.first = beta * self.first + rate * g
            w -= self.first if self.kind == "momentum" else beta * self.first + rate * g


def rate_of(epoch):
    rate, decay = JOB["learningRate"], JOB["decay"]
    if JOB["schedule"] == "inverse":
        return rate / (1 + decay * epoch)
    if JOB["schedule"] == "exponential":
        return rate * (1 - decay) ** epoch
    if JOB["schedule"] == "step":
        return rate * (1 - decay) ** (epoch // JOB["every"])
    return rate


def order_of(epoch, count):
    """The order of the training rows in an epoch (Fisher and Yates with SplitMix32); it follows from seed and epoch alone."""
    state = mix(mix(JOB["seed"]) + np.uint64(epoch))
    steps = np.arange(1, count, dtype=np.uint64)
    drawn = mix((state + steps * np.uint64(0x9E3779B9)) & MASK).astype(np.float64) / 2**32
    places = np.floor(drawn * np.arange(count, 1, -1)).astype(np.int64).tolist()
    order = list(range(count))
    for i, j in zip(range(count - 1, 0, -1), places):
        order[i], order[j] = order[j], order[i]
    return np.array(order, dtype=np.int64)


class Part:
    """The rows of this process that are trained, or tested, on, and how many there are over all processes."""

    def __init__(self, X, Y, counts, chosen, count):
        self.count = count
        self.X = torch.from_numpy(np.ascontiguousarray(X[:, chosen]))
        self.Y = torch.from_numpy(np.ascontiguousarray(Y[:, chosen]))
        self.counts = torch.from_numpy(counts[chosen])

    def of(self, places):
        return self.X[:, places], self.Y[:, places], self.counts[places]

    def all(self):
        return self.X, self.Y, self.counts


class Training:
    def __init__(self, network, w, train, test, places, total):
        self.network, self.w, self.train, self.test, self.total = network, w, train, test, total
        self.optimizer, self.epoch = Optimizer(network), 0
        # Of each training row of all processes: where it is among those of this one; -1 where it is another's.
        self.places = places
        self.variations = [self.variation(part) for part in (train, test)]

    def variation(self, part):
        mean = float(self.total(part.Y.sum().view(1))[0]) / max(1, part.count)
        return float(self.total(((part.Y - mean) ** 2).sum().view(1))[0])

    def advance(self):
        rate, batch, train = rate_of(self.epoch), JOB["batchSize"], self.train
        before = self.w.clone()
        if batch == 0:
            loss = self.step(train.all(), train.count, rate)
        else:
            order, loss = order_of(self.epoch, train.count), 0.0
            for start in range(0, train.count, batch):
                places = self.places[order[start : start + batch]]
                own = torch.from_numpy(places[places >= 0])
                loss = self.step(train.of(own), len(places), rate)
        if not (math.isfinite(loss) and bool(torch.isfinite(self.w).all())):
            self.w = before
            raise Refused("epoch %d: the training diverges. A smaller learning rate would be stable." % (self.epoch + 1))
        self.epoch += 1

    def step(self, examples, count, rate):
        sums = self.total(self.network.sums(self.w, *examples)) / count
        self.optimizer.step(self.w, sums[:-1], rate)
        return float(sums[-1])

    def measure(self):
        """Cost and score of both parts; None where there is no test part."""
        found = []
        for part, variation in zip((self.train, self.test), self.variations):
            loss, right, errors = self.total(self.network.measures(self.w, *part.all())).tolist()
            if part.count == 0:
                found.append((None, None))
            elif OUTPUT != "linear":
                found.append((loss / part.count, right / part.count))
            else:
                found.append((loss / part.count, 1 - errors / variation if variation > 0 else (1.0 if errors == 0 else 0.0)))
        return found
