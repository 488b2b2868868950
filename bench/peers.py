"""One peer of the speed benchmark: numpy32, numpy64, sklearn, torch or
torch-tuned.

Says who it is in one line of JSON, then answers every line of JSON on stdin
with one on stdout, so that the driver can take turns between the peers. Every
peer starts from the weights it is handed, works out the cost of every epoch
as one does to plot it, and times nothing but the training: no loading, no
one-off compilation.
"""

import contextlib
import json
import os
import re
import sys
import time
import warnings

BETA1, BETA2, EPSILON = 0.9, 0.999, 1e-8
ACTIVATIONS = ("tanh", "relu", "sigmoid")


def cores():
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def blas_in_use():
    """The BLAS that is loaded into this process, and its threads."""
    try:
        from threadpoolctl import threadpool_info

        for pool in threadpool_info():
            if pool["user_api"] == "blas":
                name, version = pool["internal_api"], pool["version"]
                file = os.path.basename(pool["filepath"])
                detail = ", ".join(
                    str(pool[key])
                    for key in ("threading_layer", "architecture")
                    if key in pool
                )
                title = {"openblas": "OpenBLAS", "mkl": "MKL"}.get(name, name)
                about = f"{title} {version} ({file}; {detail})"
                return about, pool["num_threads"]
    except ImportError:
        pass
    try:
        with open("/proc/self/maps") as maps:
            paths = re.findall(r"/\S+\.so\S*", maps.read())
    except OSError:
        paths = []
    files = sorted({os.path.basename(path) for path in paths})
    files = [name for name in files if re.search("blas|mkl_rt|blis", name)]
    if not files:
        return "unknown", None
    is_openblas = any("openblas" in name for name in files)
    title = "OpenBLAS" if is_openblas else "not OpenBLAS"
    return f"{title} ({', '.join(files)})", None


def blas_threads(batch):
    """Over mini-batches BLAS has one thread: more of them slow each other down
    where the products are so small, by up to a third."""
    if batch:
        try:
            from threadpoolctl import threadpool_limits

            return threadpool_limits(1, "blas")
        except ImportError:
            pass
    return contextlib.nullcontext()


def resident_bytes():
    try:
        with open("/proc/self/statm") as statm:
            return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        import resource

        # macOS counts in bytes, and knows the peak only.
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


class Problem:
    """The data as it lies in the files, and the weights to start from."""

    def __init__(self, message):
        import numpy as np

        self.rows, self.nx = message["rows"], message["nx"]
        self.ny = message["ny"]
        self.activation, self.output = message["activation"], message["output"]
        if self.activation not in ACTIVATIONS:
            raise ValueError(f"no such activation here: {self.activation}")
        self.x = np.fromfile(message["x"], "<f4").reshape(self.rows, self.nx)
        self.y = np.fromfile(message["y"], "<f4")
        if len(self.y) != self.rows:
            raise ValueError(f"{len(self.y)} targets for {self.rows} rows")
        with open(message["weights"]) as file:
            saved = json.load(file)
        sizes = [self.nx, *message["hidden"], self.ny]
        self.sizes = sizes
        self.weights, self.biases = [], []
        for layer in range(1, len(sizes)):
            W = np.array(saved[f"W{layer}"], np.float64)
            b = np.array(saved[f"b{layer}"], np.float64)
            self.weights.append(W.reshape(sizes[layer], sizes[layer - 1]))
            self.biases.append(b.reshape(sizes[layer]))

    def mean_cost(self, weights, biases):
        """Of trained weights, from the logits and in double precision: one
        measure for all the peers."""
        import numpy as np

        total, step = 0.0, 8192
        for start in range(0, self.rows, step):
            a = self.x[start:start + step].astype(np.float64)
            y = self.y[start:start + step]
            for layer, (w, b) in enumerate(zip(weights, biases)):
                z = a @ np.asarray(w, np.float64).T + np.asarray(b, np.float64)
                if layer == len(weights) - 1:
                    break
                if self.activation == "tanh":
                    a = np.tanh(z)
                elif self.activation == "relu":
                    a = np.maximum(z, 0)
                else:
                    a = 1 / (1 + np.exp(-z))
            if self.output == "sigmoid":
                z = z[:, 0]
                total += np.sum(np.logaddexp(0, z) - y * z)
            else:
                top = z.max(axis=1)
                log_sum = top + np.log(np.exp(z - top[:, None]).sum(axis=1))
                total += np.sum(log_sum - z[np.arange(len(y)), y.astype(int)])
        return float(total / self.rows)


class NumpyPeer:
    """As a student of the course writes it: examples are columns, and the six
    equations of backpropagation are vectorised."""

    def __init__(self, dtype):
        import numpy as np

        self.np, self.dtype = np, np.dtype(dtype)
        blas, threads = blas_in_use()
        self.about = {
            "version": np.__version__,
            "blas": blas,
            "threads": threads or cores(),
        }

    def load(self, problem):
        np = self.np
        self.problem = problem
        self.X = np.ascontiguousarray(problem.x.T, self.dtype)
        if problem.output == "sigmoid":
            self.Y = problem.y.astype(self.dtype).reshape(1, -1)
        else:
            one_hot = np.arange(problem.ny)[:, None] == problem.y
            self.Y = one_hot.astype(self.dtype)
        # The copy from the file is not of its making: not to be counted.
        problem.x = self.X.T

    def forward(self, X, W, b):
        np = self.np
        A = [X]
        for layer in range(len(W) - 1):
            Z = W[layer] @ A[-1] + b[layer]
            if self.problem.activation == "tanh":
                A.append(np.tanh(Z))
            elif self.problem.activation == "relu":
                A.append(np.maximum(Z, 0))
            else:
                A.append(1 / (1 + np.exp(-Z)))
        Z = W[-1] @ A[-1] + b[-1]
        if self.problem.output == "sigmoid":
            A.append(1 / (1 + np.exp(-Z)))
        else:
            E = np.exp(Z - Z.max(axis=0))
            A.append(E / E.sum(axis=0))
        return A

    def cost(self, AL, Y):
        np = self.np
        if self.problem.output == "sigmoid":
            return -np.mean(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))
        return -np.sum(Y * np.log(AL)) / Y.shape[1]

    def backward(self, A, Y, W):
        m = Y.shape[1]
        dW, db = [None] * len(W), [None] * len(W)
        dZ = A[-1] - Y
        for layer in reversed(range(len(W))):
            dW[layer] = dZ @ A[layer].T / m
            db[layer] = dZ.sum(axis=1, keepdims=True) / m
            if layer > 0:
                if self.problem.activation == "tanh":
                    dZ = (W[layer].T @ dZ) * (1 - A[layer] ** 2)
                elif self.problem.activation == "relu":
                    dZ = (W[layer].T @ dZ) * (A[layer] > 0)
                else:
                    dZ = (W[layer].T @ dZ) * (A[layer] * (1 - A[layer]))
        return dW, db

    def train(self, epochs, batch, optimizer, rate, seed):
        np, X, Y = self.np, self.X, self.Y
        m = X.shape[1]
        # astype copies, so that the weights to start from stay as they are.
        W = [w.astype(self.dtype) for w in self.problem.weights]
        b = [v.astype(self.dtype).reshape(-1, 1) for v in self.problem.biases]
        first = [np.zeros_like(p) for p in W + b]
        second = [np.zeros_like(p) for p in W + b]
        steps = 0
        costs = []
        random = np.random.default_rng(seed)

        def update(dW, db):
            nonlocal steps
            steps += 1
            for i, (parameter, gradient) in enumerate(zip(W + b, dW + db)):
                if optimizer == "adam":
                    first[i] = BETA1 * first[i] + (1 - BETA1) * gradient
                    second[i] = BETA2 * second[i] + (1 - BETA2) * gradient**2
                    first_corrected = first[i] / (1 - BETA1**steps)
                    second_corrected = second[i] / (1 - BETA2**steps)
                    root = np.sqrt(second_corrected)
                    parameter -= rate * first_corrected / (root + EPSILON)
                else:
                    parameter -= rate * gradient

        # A saturated output spoils the plotted cost, not the training.
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            start = time.perf_counter()
            for _ in range(epochs):
                if not batch:
                    A = self.forward(X, W, b)
                    costs.append(self.cost(A[-1], Y))
                    update(*self.backward(A, Y, W))
                else:
                    order = random.permutation(m)
                    shuffled_X, shuffled_Y = X[:, order], Y[:, order]
                    total = 0
                    for k in range(0, m, batch):
                        batch_X = shuffled_X[:, k:k + batch]
                        batch_Y = shuffled_Y[:, k:k + batch]
                        A = self.forward(batch_X, W, b)
                        total += self.cost(A[-1], batch_Y) * batch_Y.shape[1]
                        update(*self.backward(A, batch_Y, W))
                    costs.append(total / m)
            seconds = time.perf_counter() - start
        return seconds, W, b


class SklearnPeer:
    """MLPClassifier in float32, its own loop untouched: only the weights it
    starts from are ours."""

    def __init__(self):
        import numpy as np
        import sklearn
        from sklearn.exceptions import ConvergenceWarning
        from sklearn.neural_network import MLPClassifier

        # It warns of every run that ends at max_iter, as all of these do.
        warnings.simplefilter("ignore", ConvergenceWarning)

        class Classifier(MLPClassifier):
            def _initialize(self, y, layer_units, dtype):
                super()._initialize(y, layer_units, dtype)
                problem = self.problem
                self.coefs_ = [
                    np.array(w.T, dtype, order="C") for w in problem.weights
                ]
                self.intercepts_ = [b.astype(dtype) for b in problem.biases]

            # fit() first checks X and encodes y, once however many epochs
            # follow. The clock runs around the loop over the epochs only,
            # which is what a fit of many epochs comes to for each of them.
            def _fit_stochastic(self, *args, **kwargs):
                start = time.perf_counter()
                super()._fit_stochastic(*args, **kwargs)
                self.seconds = time.perf_counter() - start

        self.Classifier = Classifier
        blas, threads = blas_in_use()
        self.about = {
            "version": f"{sklearn.__version__} (numpy {np.__version__})",
            "blas": blas,
            "threads": threads or cores(),
        }

    def load(self, problem):
        self.problem = problem

    def train(self, epochs, batch, optimizer, rate, seed):
        problem = self.problem
        names = {"sigmoid": "logistic"}
        classifier = self.Classifier(
            hidden_layer_sizes=problem.sizes[1:-1],
            activation=names.get(problem.activation, problem.activation),
            solver="adam" if optimizer == "adam" else "sgd",
            alpha=0,
            batch_size=batch or problem.rows,
            learning_rate="constant",
            learning_rate_init=rate,
            max_iter=epochs,
            shuffle=bool(batch),
            random_state=seed,
            # Nothing may stop it before its last epoch.
            tol=0,
            n_iter_no_change=10**9,
            early_stopping=False,
            momentum=0,
            nesterovs_momentum=False,
            beta_1=BETA1,
            beta_2=BETA2,
            epsilon=EPSILON,
        )
        classifier.problem = problem
        classifier.fit(problem.x, problem.y.astype(int))
        if classifier.n_iter_ != epochs:
            raise RuntimeError(f"stopped after {classifier.n_iter_} epochs")
        weights = [w.T for w in classifier.coefs_]
        return classifier.seconds, weights, classifier.intercepts_


def torch_functions(torch):
    """The steps of the training, compiled by TorchScript where there is one.
    W[l] has the shape (inputs, units) in them."""
    from typing import List

    from torch import Tensor

    def gradients(
        x: Tensor,
        y: Tensor,
        W: List[Tensor],
        b: List[Tensor],
        dW: List[Tensor],
        db: List[Tensor],
        A: List[Tensor],
        D: List[Tensor],
        activation: int,
        chunk: int,
    ) -> Tensor:
        """Sums the gradients over the rows into dW and db; gives Σ log p."""
        last = len(W) - 1
        binary = y.dim() == 1
        costs: List[Tensor] = []
        for start in range(0, x.size(0), chunk):
            rows = min(chunk, x.size(0) - start)
            keep = 0 if start == 0 else 1
            xs = x.narrow(0, start, rows)
            ys = y.narrow(0, start, rows)
            inputs = [xs]
            for layer in range(last):
                a = A[layer].narrow(0, 0, rows)
                torch.addmm(b[layer], inputs[layer], W[layer], out=a)
                if activation == 0:
                    # tanh(z) = 2σ(2z) − 1, in half the time of torch.tanh.
                    a.mul_(2).sigmoid_().mul_(2).sub_(1)
                elif activation == 1:
                    a.relu_()
                else:
                    a.sigmoid_()
                inputs.append(a)
            if binary:
                # A matrix and a vector: several times as fast as a product
                # of matrices one of which has a single column.
                z = torch.addmv(b[last], inputs[last], W[last].view(-1))
                d = z.sigmoid_().sub_(ys)
                p = d.abs().neg_().add_(1)
                dw = dW[last].view(-1)
                torch.addmv(dw, inputs[last].t(), d, beta=keep, out=dw)
                d = d.unsqueeze(1)
            else:
                z = torch.addmm(b[last], inputs[last], W[last])
                d = torch.softmax(z, 1)
                p = torch.mul(d, ys).sum(1)
                d.sub_(ys)
                dw = dW[last]
                torch.addmm(dw, inputs[last].t(), d, beta=keep, out=dw)
            # Of the true class, and not 0, whose logarithm is infinite.
            costs.append(p.clamp_min_(1e-38).log_().sum())
            if start == 0:
                torch.sum(d, 0, out=db[last])
            else:
                db[last].add_(d.sum(0))
            for layer in range(last - 1, -1, -1):
                e = D[layer].narrow(0, 0, rows)
                w = W[layer + 1].t()
                if d.size(1) == 1:
                    torch.mul(d, w, out=e)
                else:
                    torch.mm(d, w, out=e)
                a = inputs[layer + 1]
                if activation == 0:
                    torch.ops.aten.tanh_backward(e, a, grad_input=e)
                elif activation == 1:
                    torch.ops.aten.threshold_backward(e, a, 0, grad_input=e)
                else:
                    torch.ops.aten.sigmoid_backward(e, a, grad_input=e)
                # OpenBLAS is slower the other way round, e.t() @ inputs.
                dw = dW[layer]
                torch.addmm(dw, inputs[layer].t(), e, beta=keep, out=dw)
                if start == 0:
                    torch.sum(e, 0, out=db[layer])
                else:
                    db[layer].add_(e.sum(0))
                d = e
        total = costs[0]
        for i in range(1, len(costs)):
            total = total + costs[i]
        return total

    def update(
        theta: Tensor,
        gradient: Tensor,
        first: Tensor,
        second: Tensor,
        adam: bool,
        step: int,
        rate: float,
        rows: int,
    ):
        """One step of all the parameters, which lie in one vector."""
        if adam:
            gradient.div_(rows)
            first.lerp_(gradient, 1 - 0.9)
            second.mul_(0.999).addcmul_(gradient, gradient, value=1 - 0.999)
            root = second.div(1 - 0.999**step).sqrt_().add_(1e-8)
            theta.addcdiv_(first, root, value=-rate / (1 - 0.9**step))
        else:
            theta.add_(gradient, alpha=-rate / rows)

    def batches(
        x: Tensor,
        y: Tensor,
        W: List[Tensor],
        b: List[Tensor],
        dW: List[Tensor],
        db: List[Tensor],
        A: List[Tensor],
        D: List[Tensor],
        activation: int,
        theta: Tensor,
        gradient: Tensor,
        first: Tensor,
        second: Tensor,
        adam: bool,
        step: int,
        rate: float,
        batch: int,
    ) -> float:
        """An epoch over rows in their new order; gives Σ log p."""
        costs: List[Tensor] = []
        for start in range(0, x.size(0), batch):
            rows = min(batch, x.size(0) - start)
            xs, ys = x.narrow(0, start, rows), y.narrow(0, start, rows)
            cost = gradients(xs, ys, W, b, dW, db, A, D, activation, rows)
            costs.append(cost)
            step += 1
            update(theta, gradient, first, second, adam, step, rate, rows)
        return float(torch.stack(costs).sum())

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            gradients = torch.jit.script(gradients)
            update = torch.jit.script(update)
            batches = torch.jit.script(batches)
    except Exception:
        # A version without TorchScript runs the same functions as they are.
        pass
    return gradients, update, batches


class TorchPeer:
    """PyTorch as its documentation shows it: nn.Sequential, a loss and an
    optimizer of torch.optim, in float32, on all cores.
    """

    def __init__(self):
        import torch

        torch.set_num_threads(cores())
        self.torch = torch
        self.about = {
            "version": torch.__version__,
            "blas": blas_in_use()[0],
            "threads": torch.get_num_threads(),
        }

    def load(self, problem):
        torch = self.torch
        self.problem = problem
        self.x = torch.from_numpy(problem.x)
        if problem.output == "sigmoid":
            self.y = torch.from_numpy(problem.y).reshape(-1, 1)
            self.loss = torch.nn.BCEWithLogitsLoss()
        else:
            self.y = torch.from_numpy(problem.y).long()
            self.loss = torch.nn.CrossEntropyLoss()

    def model(self):
        nn, problem = self.torch.nn, self.problem
        functions = {"tanh": nn.Tanh, "relu": nn.ReLU, "sigmoid": nn.Sigmoid}
        layers = []
        for W, b in zip(problem.weights, problem.biases):
            layer = nn.Linear(W.shape[1], W.shape[0])
            with self.torch.no_grad():
                layer.weight.copy_(self.torch.from_numpy(W))
                layer.bias.copy_(self.torch.from_numpy(b.reshape(-1)))
            layers += [layer, functions[problem.activation]()]
        return nn.Sequential(*layers[:-1])

    def train(self, epochs, batch, optimizer, rate, seed):
        torch = self.torch
        model = self.model()
        kind = torch.optim.Adam if optimizer == "adam" else torch.optim.SGD
        steps = kind(model.parameters(), lr=rate)
        random = torch.Generator().manual_seed(seed)

        def step(x, y):
            steps.zero_grad(set_to_none=True)
            loss = self.loss(model(x), y)
            loss.backward()
            steps.step()
            return loss.detach()

        costs = []
        start = time.perf_counter()
        for _ in range(epochs):
            if batch:
                order = torch.randperm(len(self.x), generator=random)
                total = 0
                for at in order.split(batch):
                    total += step(self.x[at], self.y[at]) * len(at)
                costs.append(float(total) / len(self.x))
            else:
                costs.append(float(step(self.x, self.y)))
        seconds = time.perf_counter() - start
        linear = [layer for layer in model if hasattr(layer, "weight")]
        weights = [layer.weight.detach().numpy() for layer in linear]
        return seconds, weights, [layer.bias.detach().numpy() for layer in linear]


class TunedTorchPeer:
    """As fast as we could make PyTorch, far from how it is written otherwise:
    the six equations by hand in float32, each core with its share of rows;
    mini-batches, which are too small to share, on one core.

    Compared on two cores with torch 1.13 (which has no torch.compile, and here
    a TorchScript without LLVM) and OpenBLAS 0.3.21, in milliseconds per epoch,
    each way with the numbers of threads that suit it best:

                                            20-32-1,      64-50-10, Adam,
                                            100,000 rows  60,000 rows by 200
        nn.Sequential and torch.optim            31             186
        these operations, OpenMP threads         17
        these operations, rows shared out         9              66
        the same compiled by TorchScript          7              54

    foreach optimizers and a scripted nn.Sequential gained nothing on the first
    line, nor did oneDNN's linear layers on the second.
    """

    # With fewer activations, a second thread costs more than it saves.
    WORTH_SHARING = 100_000
    # With so many rows at once, what the layers hand on stays in the cache.
    CHUNK = 8192

    def __init__(self):
        from concurrent.futures import ThreadPoolExecutor

        import torch

        torch.set_num_threads(1)
        self.torch = torch
        self.cores = cores()
        self.pool = ThreadPoolExecutor(self.cores)
        self.gradients, self.update, self.batches = torch_functions(torch)
        if torch.backends.mkl.is_available():
            blas = "MKL"
        else:
            blas = blas_in_use()[0]
        self.about = {
            "version": torch.__version__,
            "blas": blas,
            "threads": self.cores,
        }

    def load(self, problem):
        torch = self.torch
        self.problem = problem
        self.x = torch.from_numpy(problem.x)
        if problem.output == "sigmoid":
            self.y = torch.from_numpy(problem.y)
        else:
            classes = torch.from_numpy(problem.y).long()
            self.y = torch.nn.functional.one_hot(classes, problem.ny).float()
        # TorchScript compiles at its first calls.
        for batch in (0, 200):
            for optimizer in ("gradientDescent", "adam"):
                few = self.x[:1000], self.y[:1000]
                self.run(*few, 3, batch, optimizer, 0.01, 0)

    def vectors(self):
        """Room for all parameters or gradients: a vector and views of it."""
        sizes = self.problem.sizes
        shapes = list(zip(sizes, sizes[1:]))
        count = sum((inputs + 1) * units for inputs, units in shapes)
        vector = self.torch.zeros(count)
        W, b, at = [], [], 0
        for inputs, units in shapes:
            end = at + inputs * units
            W.append(vector[at:end].view(inputs, units))
            b.append(vector[end:end + units])
            at = end + units
        return vector, W, b

    def buffers(self, rows):
        """Room for the activations of the hidden layers and for ∂J/∂z."""
        hidden = self.problem.sizes[1:-1]
        A = [self.torch.empty(rows, n) for n in hidden]
        return A, [self.torch.empty_like(a) for a in A]

    def run(self, x, y, epochs, batch, optimizer, rate, seed):
        adam = optimizer == "adam"
        with self.torch.inference_mode():
            return self.descend(x, y, epochs, batch, adam, rate, seed)

    def descend(self, x, y, epochs, batch, adam, rate, seed):
        torch, problem = self.torch, self.problem
        activation, m = ACTIVATIONS.index(problem.activation), len(x)
        theta, W, b = self.vectors()
        for views, values in ((W, problem.weights), (b, problem.biases)):
            for view, value in zip(views, values):
                view.copy_(torch.from_numpy(value.T))
        first, second = torch.zeros_like(theta), torch.zeros_like(theta)
        costs = []

        if batch:
            gradient, dW, db = self.vectors()
            A, D = self.buffers(min(batch, m))
            random = torch.Generator().manual_seed(seed)
            xs, ys = torch.empty_like(x), torch.empty_like(y)
            layers = (xs, ys, W, b, dW, db, A, D, activation)
            per_epoch = -(-m // batch)
            start = time.perf_counter()
            for epoch in range(epochs):
                order = torch.randperm(m, generator=random)
                torch.index_select(x, 0, order, out=xs)
                torch.index_select(y, 0, order, out=ys)
                step = epoch * per_epoch
                adam_state = (theta, gradient, first, second, adam, step)
                total = self.batches(*layers, *adam_state, rate, batch)
                costs.append(-total / m)
            return time.perf_counter() - start, W, b

        worth_sharing = m * sum(problem.sizes) > self.WORTH_SHARING
        rows = -(-m // self.cores) if worth_sharing else m
        chunk = min(rows, self.CHUNK)
        vectors, arguments = [], []
        for at in range(0, m, rows):
            vector, dW, db = self.vectors()
            vectors.append(vector)
            own = (x[at:at + rows], y[at:at + rows], W, b, dW, db)
            arguments.append((*own, *self.buffers(chunk), activation, chunk))

        def share(own):
            with torch.inference_mode():
                return self.gradients(*own)

        start = time.perf_counter()
        for epoch in range(epochs):
            others = [self.pool.submit(share, own) for own in arguments[1:]]
            total = self.gradients(*arguments[0])
            for vector, other in zip(vectors[1:], others):
                total = total + other.result()
                vectors[0].add_(vector)
            costs.append(-float(total) / m)
            state = (theta, vectors[0], first, second, adam, epoch + 1)
            self.update(*state, rate, m)
        return time.perf_counter() - start, W, b

    def train(self, epochs, batch, optimizer, rate, seed):
        how = (epochs, batch, optimizer, rate, seed)
        seconds, W, b = self.run(self.x, self.y, *how)
        return seconds, [w.numpy().T for w in W], [v.numpy() for v in b]


def make(name):
    if name in ("numpy32", "numpy64"):
        return NumpyPeer("float32" if name == "numpy32" else "float64")
    if name == "sklearn":
        return SklearnPeer()
    if name == "torch":
        return TorchPeer()
    # The shares of the rows already keep every core busy; threads of OpenMP
    # and of BLAS within the operations would only wait for one another. Both
    # have to know before torch is loaded.
    for library in ("OMP", "OPENBLAS", "MKL"):
        os.environ[f"{library}_NUM_THREADS"] = "1"
    return TunedTorchPeer()


def main():
    names = ("numpy32", "numpy64", "sklearn", "torch", "torch-tuned")
    if len(sys.argv) != 2 or sys.argv[1] not in names:
        sys.exit(f"usage: peers.py {'|'.join(names)}")
    name = sys.argv[1]

    def say(answer):
        print(json.dumps(answer), flush=True)

    try:
        peer = make(name)
    except ImportError as error:
        say({"peer": name, "missing": str(error)})
        return
    say({"peer": name, **peer.about})

    problem = None
    for line in sys.stdin:
        if not line.strip():
            continue
        try:
            message = json.loads(line)
            command = message["cmd"]
            if command == "exit":
                return
            if command == "memory":
                say({"rss": resident_bytes()})
            elif command == "load":
                problem = Problem(message)
                peer.load(problem)
                say({"ok": True})
            elif command == "train":
                epochs, batch = message["epochs"], message.get("batch", 0)
                optimizer = message.get("optimizer", "gradientDescent")
                how = (optimizer, message["rate"], message.get("seed", 1))
                with blas_threads(batch):
                    seconds, weights, biases = peer.train(epochs, batch, *how)
                biases = [b.reshape(-1) for b in biases]
                cost = problem.mean_cost(weights, biases)
                ms = seconds * 1000 / epochs
                say({"ms": ms, "cost": cost, "epochs": epochs})
            else:
                say({"ok": False, "error": f"no such command: {command}"})
        except Exception as error:
            say({"ok": False, "error": f"{type(error).__name__}: {error}"})


if __name__ == "__main__":
    main()
