// One peer of the speed benchmark: node tfjs.mjs cpu|wasm
// TensorFlow.js, spoken to as peers.py is: who it is in one line of JSON, then an answer to every line on stdin.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;
// So many rows at once: more take memory, fewer more calls; between 5,000 and 100,000 the speed is the same.
const CHUNK = 20_000;

const say = (answer) => process.stdout.write(`${JSON.stringify(answer)}\n`);

const backend = process.argv[2];
if (process.argv.length !== 3 || !['cpu', 'wasm'].includes(backend)) {
  console.error('usage: tfjs.mjs cpu|wasm');
  process.exit(1);
}
const name = `tfjs-${backend}`;

let tf;
let about;
try {
  tf = await import('@tensorflow/tfjs-core');
  tf.enableProdMode();
  if (backend === 'wasm') {
    const wasm = await import('@tensorflow/tfjs-backend-wasm');
    // Asked for, but in Node the library turns its threads off whatever one asks; SIMD it uses.
    wasm.setThreadsCount(2);
    await tf.setBackend('wasm');
    await tf.ready();
    const simd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT');
    about = { blas: `XNNPACK in WebAssembly${simd ? ' with SIMD' : ''}`, threads: wasm.getThreadsCount() };
  } else {
    await import('@tensorflow/tfjs-backend-cpu');
    await tf.setBackend('cpu');
    await tf.ready();
    about = { blas: 'none, plain JavaScript', threads: 1 };
  }
} catch (error) {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  say({
    peer: name,
    missing: `${error.message.split('\n')[0].split(' imported from ')[0]}: npm ci in bench/`,
  });
  process.exit(0);
}
say({ peer: name, version: tf.version_core, ...about });

/** mulberry32: all that the new order of the rows asks of it. */
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const scalars = new Map();
/** A number as a tensor that stays: passed as a number, it would be handed to the backend every time. */
function scalar(value) {
  if (!scalars.has(value)) scalars.set(value, tf.keep(tf.scalar(value)));
  return scalars.get(value);
}

const floats = (file) => {
  const bytes = readFileSync(file);
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
};

let problem;

/** Rows as tensors: X with a column of ones, by which the first layer's bias is one more weight, and the targets. */
function tensors(x, y, rows) {
  const { nx, ny, binary } = problem;
  const values = new Float32Array(rows * (nx + 1)).fill(1);
  for (let row = 0; row < rows; row++) values.set(x.subarray(row * nx, (row + 1) * nx), row * (nx + 1));
  return {
    X: tf.tensor2d(values, [rows, nx + 1]),
    Y: binary
      ? tf.tensor2d(y, [rows, 1])
      : tf.tidy(() => tf.cast(tf.oneHot(tf.tensor1d(Int32Array.from(y), 'int32'), ny), 'float32')),
    ones: tf.ones([1, rows]),
  };
}

function load(message) {
  const { rows, nx, ny, hidden, activation, output } = message;
  if (!['tanh', 'relu', 'sigmoid'].includes(activation))
    throw new Error(`no such activation here: ${activation}`);
  const saved = JSON.parse(readFileSync(message.weights, 'utf8'));
  const sizes = [nx, ...hidden, ny];
  // Layer by layer the weights, of the shape (inputs, units) that the products want, then the biases.
  const theta = sizes.slice(1).flatMap((units, l) => {
    const W = saved[`W${l + 1}`];
    const weights = Array.from({ length: sizes[l] * units }, (_, i) => W[i % units][Math.floor(i / units)]);
    return [...weights, ...saved[`b${l + 1}`].flat()];
  });
  const whole = { rows, nx, ny, sizes, activation, binary: output === 'sigmoid', theta };
  whole.x = floats(message.x);
  whole.y = floats(message.y);
  if (whole.x.length !== rows * nx || whole.y.length !== rows)
    throw new Error('not as many values as promised');
  // JavaScript is compiled while it runs: some steps over a few rows come before what is timed.
  const few = Math.min(rows, 1000);
  problem = { ...whole, rows: few, x: whole.x.subarray(0, few * nx), y: whole.y.subarray(0, few) };
  const until = performance.now() + 500;
  while (performance.now() < until) {
    train({ epochs: 4, batch: 200, optimizer: 'adam', rate: 0.001 });
    train({ epochs: 4, rate: 0.001 });
  }
  problem = whole;
}

/** ∂J/∂z of a hidden layer from that of its activation. */
function through(dA, A) {
  if (problem.activation === 'tanh') return tf.mul(dA, tf.sub(scalar(1), tf.square(A)));
  if (problem.activation === 'relu') return tf.mul(dA, tf.step(A));
  return tf.mul(dA, tf.sub(A, tf.square(A)));
}

function hiddenLayer(input, W, b) {
  const { activation } = problem;
  if (backend === 'cpu') {
    // Its inner loop runs along the rows of both factors.
    const product = tf.matMul(input, tf.transpose(W), false, true);
    const Z = b ? tf.add(product, b) : product;
    return activation === 'tanh' ? tf.tanh(Z) : activation === 'relu' ? tf.relu(Z) : tf.sigmoid(Z);
  }
  if (activation === 'tanh') {
    // tanh(z) = 2σ(2z) − 1: this backend's tanh takes ten times as long as its sigmoid, which has SIMD.
    const bias = b && tf.mul(b, scalar(2));
    const S = tf.fused.matMul({ a: input, b: tf.mul(W, scalar(2)), bias, activation: 'sigmoid' });
    return tf.sub(tf.mul(S, scalar(2)), scalar(1));
  }
  return tf.fused.matMul({ a: input, b: W, bias: b, activation });
}

/** D · W'; W must not be handed to the wasm backend as a reshaped factor: it then remembers its other shape. */
function throughWeights(D, W) {
  const [inputs, units] = W.shape;
  if (units === 1 && backend === 'wasm') return tf.mul(D, tf.reshape(W, [1, inputs]));
  return backend === 'cpu' ? tf.matMul(D, W, false, true) : tf.matMul(D, tf.transpose(W));
}

/** The sums of the gradients over some rows, in the order of the parameters, and the sum of log p. */
function gradients({ X, Y, ones }, W, b) {
  const last = W.length - 1;
  const A = [X];
  for (let l = 0; l < last; l++) A.push(hiddenLayer(A[l], W[l], b[l]));
  const product = tf.matMul(A[last], W[last]);
  const Z = b[last] ? tf.add(product, b[last]) : product;
  const P = problem.binary ? tf.sigmoid(Z) : tf.softmax(Z);
  let D = tf.sub(P, Y);
  // The probability of the true class, by which the cost goes.
  const likelihood = problem.binary
    ? tf.sub(scalar(1), tf.abs(D))
    : tf.matMul(tf.mul(P, Y), tf.ones([problem.ny, 1]));
  const cost = tf.sum(tf.log(tf.maximum(likelihood, scalar(1e-38))));
  const parts = [];
  for (let l = last; l >= 0; l--) {
    // A product with ones is faster than tf.sum.
    if (l > 0) parts.unshift(tf.matMul(ones, D));
    if (backend === 'cpu') parts.unshift(tf.matMul(A[l], D, true));
    // This backend packs the second factor anew unless it has seen it before, and that takes longer than the
    // product: X it has seen. Told to transpose, it is ten times slower than with a transpose made first.
    else if (l === 0) parts.unshift(tf.transpose(tf.matMul(tf.transpose(D), X)));
    else parts.unshift(tf.matMul(tf.transpose(A[l]), D));
    if (l > 0) D = through(throughWeights(D, W[l]), A[l]);
  }
  return { parts: parts.map((part) => tf.reshape(part, [-1])), cost };
}

/** The parameters lie in one vector, so that a step takes as few operations as can be. */
function views(theta) {
  const { sizes } = problem;
  const W = [];
  const b = [];
  let at = 0;
  for (let l = 0; l + 1 < sizes.length; l++) {
    const units = sizes[l + 1];
    const inputs = l === 0 ? sizes[0] + 1 : sizes[l];
    W.push(tf.reshape(tf.slice(theta, at, inputs * units), [inputs, units]));
    at += inputs * units;
    b.push(l === 0 ? undefined : tf.slice(theta, at, units));
    if (l > 0) at += units;
  }
  return { W, b };
}

/** One step of gradient descent or Adam; the old state is given back to the backend. */
function step(state, chunks, rows) {
  const { optimizer, rate } = state;
  const next = tf.tidy(() => {
    const { W, b } = views(state.theta);
    let gradient;
    let cost;
    for (const chunk of chunks) {
      [gradient, cost] = tf.tidy(() => {
        const { parts, cost: own } = gradients(chunk, W, b);
        const all = tf.concat(parts);
        return gradient ? [tf.add(gradient, all), tf.add(cost, own)] : [all, own];
      });
    }
    if (optimizer !== 'adam') {
      return { theta: tf.sub(state.theta, tf.mul(gradient, scalar(rate / rows))), cost };
    }
    const t = state.steps + 1;
    const first = tf.add(tf.mul(state.first, scalar(BETA1)), tf.mul(gradient, scalar((1 - BETA1) / rows)));
    const second = tf.add(
      tf.mul(state.second, scalar(BETA2)),
      tf.mul(tf.square(gradient), scalar((1 - BETA2) / rows ** 2)),
    );
    // rate · m̂ / (√v̂ + ε), with both corrections outside the vectors.
    const root = Math.sqrt(1 - BETA2 ** t);
    const direction = tf.div(first, tf.add(tf.sqrt(second), EPSILON * root));
    const theta = tf.sub(state.theta, tf.mul(direction, (rate * root) / (1 - BETA1 ** t)));
    return { theta, first, second, cost };
  });
  tf.dispose([state.theta, state.first, state.second]);
  return { ...state, ...next, steps: state.steps + 1 };
}

function shuffle(order, random) {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const moved = order[i];
    order[i] = order[j];
    order[j] = moved;
  }
}

/** The rows of a mini-batch, gathered here: tf.gather takes longer than the whole step. */
function gathered(order, start, end) {
  const { x, y, nx } = problem;
  const xs = new Float32Array((end - start) * nx);
  const ys = new Float32Array(end - start);
  for (let i = start, to = 0; i < end; i++) {
    const row = order[i];
    ys[i - start] = y[row];
    for (let from = row * nx; from < (row + 1) * nx; from++) xs[to++] = x[from];
  }
  return tensors(xs, ys, end - start);
}

function train({ epochs, batch = 0, optimizer = 'gradientDescent', rate, seed = 1 }) {
  const { rows, nx, x, y } = problem;
  const random = generator(seed);
  const costs = [];
  let state = { theta: tf.tensor1d(problem.theta), optimizer, rate, steps: 0 };
  if (optimizer === 'adam') {
    state.first = tf.zerosLike(state.theta);
    state.second = tf.zerosLike(state.theta);
  }
  const chunks = [];
  for (let at = 0; at < rows && batch === 0; at += CHUNK) {
    const end = Math.min(at + CHUNK, rows);
    chunks.push(tensors(x.subarray(at * nx, end * nx), y.subarray(at, end), end - at));
  }
  const order = Uint32Array.from({ length: batch === 0 ? 0 : rows }, (_, i) => i);

  const start = performance.now();
  for (let epoch = 0; epoch < epochs; epoch++) {
    const sums = [];
    if (batch === 0) {
      state = step(state, chunks, rows);
      sums.push(state.cost);
    } else {
      shuffle(order, random);
      for (let at = 0; at < rows; at += batch) {
        const end = Math.min(at + batch, rows);
        const chunk = gathered(order, at, end);
        state = step(state, [chunk], end - at);
        tf.dispose(chunk);
        sums.push(state.cost);
      }
    }
    costs.push(sums.reduce((sum, cost) => sum - cost.dataSync()[0], 0) / rows);
    tf.dispose(sums);
  }
  const ms = performance.now() - start;

  const theta = state.theta.dataSync().slice();
  tf.dispose([state.theta, state.first, state.second, chunks]);
  return { ms: ms / epochs, theta, epochs };
}

/** Of the trained weights, from the logits and in double precision. */
function meanCost(theta) {
  const { rows, x, y, nx, sizes, activation, binary } = problem;
  const g = {
    tanh: Math.tanh,
    relu: (z) => Math.max(z, 0),
    sigmoid: (z) => 1 / (1 + Math.exp(-z)),
  }[activation];
  const layers = sizes.map((units) => new Float64Array(units));
  let total = 0;
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < nx; k++) layers[0][k] = x[row * nx + k];
    let at = 0;
    for (let l = 1; l < sizes.length; l++) {
      const [a, z] = [layers[l - 1], layers[l]];
      const bias = at + a.length * z.length;
      for (let j = 0; j < z.length; j++) z[j] = theta[bias + j];
      for (let k = 0; k < a.length; k++) {
        for (let j = 0; j < z.length; j++) z[j] += a[k] * theta[at + k * z.length + j];
      }
      if (l < sizes.length - 1) for (let j = 0; j < z.length; j++) z[j] = g(z[j]);
      at = bias + z.length;
    }
    const z = layers[sizes.length - 1];
    if (binary) {
      total += Math.max(z[0], 0) + Math.log1p(Math.exp(-Math.abs(z[0]))) - y[row] * z[0];
    } else {
      const top = Math.max(...z);
      total += top + Math.log(z.reduce((sum, value) => sum + Math.exp(value - top), 0)) - z[y[row]];
    }
  }
  return total / rows;
}

for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() === '') continue;
  try {
    const message = JSON.parse(line);
    if (message.cmd === 'exit') break;
    if (message.cmd === 'memory') say({ rss: process.memoryUsage.rss() });
    else if (message.cmd === 'load') {
      load(message);
      say({ ok: true });
    } else if (message.cmd === 'train') {
      const { ms, theta, epochs } = train(message);
      say({ ms, cost: meanCost(theta), epochs });
    } else say({ ok: false, error: `no such command: ${message.cmd}` });
  } catch (error) {
    say({ ok: false, error: String(error) });
  }
}
process.exit(0);
