import assert from 'node:assert/strict';
import type { HiddenActivation } from '../../src/core/activations';
import { matrix } from '../../src/core/matrix';
import { FREE } from '../../src/kernel/assembly/addresses';
import * as codes from '../../src/kernel/assembly/codes';
import { allocate, instantiate, kernelModule, writeConstants } from '../../src/kernel/kernel';
import { SimdTrainer } from '../../src/kernel/simdTrainer';
import { step } from './training';

const FUNCTIONS = {
  exp: codes.APPLY_EXP,
  log1p: codes.APPLY_LOG1P,
  tanh: codes.APPLY_TANH,
  sigmoid: codes.APPLY_SIGMOID,
};
type Name = keyof typeof FUNCTIONS;

const exact: Record<Name, (x: number) => number> = {
  exp: Math.exp,
  log1p: Math.log1p,
  tanh: Math.tanh,
  sigmoid: (x) => (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x))),
};
/** Units in the last place that a result may be off, as math.ts states them. */
const BOUNDS: Record<Name, number> = { exp: 1.1, log1p: 2, tanh: 6, sigmoid: 2.5 };
/** The most that a function falls from one float to the next, in ulp: found by trying all of them. */
const FALLS: Record<Name, number> = { exp: 0, log1p: 2, tanh: 8, sigmoid: 1 };

/** Just before exp stops following its argument: e^x is about the least normal float there. */
const LEAST_EXP = -87.3365;
/** Beyond where it does. */
const FLAT_EXP = -87.3366;
const LEAST_NORMAL = 2 ** -126;
const LARGEST = 3.4028234663852886e38;
const LEAST_SUBNORMAL = 2 ** -149;

const MOST = 1 << 16;
const memory = allocate(FREE + 4 * MOST);
writeConstants(memory);
const kernel = instantiate(kernelModule(), memory);

/** The kernels' function of every number. */
function applied(name: Name, xs: Float32Array): Float32Array {
  const out = new Float32Array(xs.length);
  const room = new Float32Array(memory.buffer, FREE, MOST);
  for (let from = 0; from < xs.length; from += MOST) {
    const some = xs.subarray(from, from + MOST);
    room.set(some);
    kernel.apply(FUNCTIONS[name], FREE, Math.ceil(some.length / 4) * 4);
    out.set(room.subarray(0, some.length), from);
  }
  return out;
}
const one = (name: Name, x: number) => applied(name, Float32Array.of(x))[0];

const words = new Uint32Array(1);
const float = new Float32Array(words.buffer);
const fromBits = (bits: number) => {
  words[0] = bits;
  return float[0];
};
const toBits = (x: number) => {
  float[0] = x;
  return words[0];
};

const view = new DataView(new ArrayBuffer(8));
/** The distance of the floats around a float64; that of the subnormal ones below the normal. */
function ulp(x: number): number {
  view.setFloat64(0, x);
  const exponent = ((view.getUint16(0) >> 4) & 0x7ff) - 1023;
  return 2 ** (Math.max(exponent, -126) - 23);
}

const PER_EXPONENT = 4096;
/** Positive floats, ascending: of every exponent the first, the last and some thousands between them. */
function samples(): Float32Array {
  const out: number[] = [];
  for (let exponent = 0; exponent < 255; exponent++) {
    const width = (1 << 23) / PER_EXPONENT;
    for (let k = 0; k < PER_EXPONENT; k++) {
      const within = (Math.imul(k + exponent * PER_EXPONENT, 0x9e3779b1) >>> 0) % width;
      const mantissa = k === 0 ? 0 : k === PER_EXPONENT - 1 ? (1 << 23) - 1 : k * width + within;
      out.push(fromBits((exponent << 23) | mantissa));
    }
  }
  return Float32Array.from(out);
}
const positive = samples();
const negative = positive.map((x) => -x).reverse();
const both = new Float32Array(2 * positive.length);
both.set(negative);
both.set(positive, negative.length);

/** A run of neighbouring floats from `first` on, upwards for a positive one. */
const neighbours = (first: number) =>
  Float32Array.from({ length: 1 << 14 }, (_, k) => fromBits(toBits(first) + k));

interface Worst {
  readonly error: number;
  readonly x: number;
}
function worst(name: Name, xs: Float32Array): Worst {
  const ys = applied(name, xs);
  let found: Worst = { error: 0, x: NaN };
  xs.forEach((x, k) => {
    const y = exact[name](x);
    const error = Math.abs(ys[k] - y) / ulp(y);
    if (!(error <= found.error)) found = { error, x };
  });
  return found;
}

/** The most that a function falls from a float to the next sampled one, in units in the last place. */
function deepestFall(name: Name, ascending: Float32Array): number {
  const ys = applied(name, ascending);
  let fall = 0;
  for (let k = 1; k < ys.length; k++) fall = Math.max(fall, (ys[k - 1] - ys[k]) / ulp(ys[k]));
  return fall;
}

const DOMAINS: Record<Name, Float32Array> = {
  exp: negative.filter((x) => x >= LEAST_EXP),
  log1p: positive,
  tanh: both,
  // Below, it is what exp is there: see its own test.
  sigmoid: both.filter((x) => x >= LEAST_EXP),
};
const PLACES: Record<Name, string> = {
  exp: '−87.3 ≤ x ≤ 0',
  log1p: 'x ≥ 0',
  tanh: 'all x',
  sigmoid: 'x ≥ −87.3',
};
/** Where the functions bend, and where they are off the most of all: neighbours are looked at one by one there. */
const PLACES_TO_LOOK = [
  ...[1e-4, 0.01, 0.125, 0.3, 0.3465, 0.3466, 0.5, 0.6931, 0.9999, 1, 1.5, 2, 4, 7.9, 8.19, 16, 87],
  ...[0.13121, 4.157, 5.895, 5.921, 81.398],
];

describe('the functions of the kernels, on samples of every float32 exponent', () => {
  for (const name of Object.keys(FUNCTIONS) as Name[]) {
    it(`${name} is within ${BOUNDS[name]} ulp for ${PLACES[name]}`, function () {
      const { error, x } = worst(name, DOMAINS[name]);
      this.test!.title += `: at most ${error.toFixed(3)}, at ${x}`;
      assert.ok(error <= BOUNDS[name], `${error} ulp at ${x}`);
    });

    it(`${name} is within ${BOUNDS[name]} ulp on runs of neighbouring floats, and falls by at most ${FALLS[name]}`, function () {
      let most = 0;
      let fall = 0;
      for (const place of PLACES_TO_LOOK) {
        const run = neighbours(place);
        const descending = run.map((x) => -x).reverse();
        for (const xs of name === 'exp' ? [descending] : name === 'log1p' ? [run] : [descending, run]) {
          const inside = name === 'tanh' ? xs : xs.filter((x) => x >= LEAST_EXP);
          const { error, x } = worst(name, inside);
          assert.ok(error <= BOUNDS[name], `${error} ulp at ${x}`);
          most = Math.max(most, error);
          fall = Math.max(fall, deepestFall(name, inside));
        }
      }
      this.test!.title += `: at most ${most.toFixed(3)}, falls by ${fall}`;
      assert.ok(fall <= FALLS[name], `falls by ${fall} ulp`);
    });

    it(`${name} never falls by more than ${FALLS[name]} ulp from one sample to the next`, () => {
      const xs = name === 'exp' ? negative : name === 'log1p' ? positive : both;
      const fall = deepestFall(name, xs);
      assert.ok(fall <= FALLS[name], `falls by ${fall} ulp`);
    });

    it(`${name} keeps NaN`, () => {
      assert.ok(Number.isNaN(one(name, NaN)));
      // Also with the sign bit, and in whichever lane.
      for (let lane = 0; lane < 4; lane++) {
        const xs = Float32Array.of(-1, -1, -1, -1);
        new Uint32Array(xs.buffer)[lane] = 0xffc00001;
        if (name === 'log1p') xs.forEach((x, k) => k !== lane && (xs[k] = -x));
        applied(name, xs).forEach((y, k) => assert.equal(Number.isNaN(y), k === lane));
      }
    });

    it(`${name} gives a number the same bits in every lane`, () => {
      const xs = DOMAINS[name].filter((_, k) => k % 997 === 0);
      const ys = applied(name, xs);
      xs.forEach((x, k) =>
        applied(name, Float32Array.of(x, x, x, x)).forEach((y) => assert.ok(Object.is(y, ys[k]))),
      );
    });
  }
});

describe('exp', () => {
  it('is 1 at 0 and −0, and at the numbers next to 0', () => {
    for (const x of [0, -0, -LEAST_SUBNORMAL, -1e-38, -1e-9]) assert.equal(one('exp', x), 1);
  });

  it('is the least normal float, to 1 part in 10⁵, from −87.34 down to −∞', () => {
    const least = one('exp', -Infinity);
    assert.ok(Math.abs(least / LEAST_NORMAL - 1) < 1e-5, `${least}`);
    const below = negative.filter((x) => x < FLAT_EXP);
    assert.ok(below.length > 100 * PER_EXPONENT);
    for (const y of applied('exp', below)) assert.equal(y, least);
    for (const x of [-88, -104, -1e10, -LARGEST]) assert.equal(one('exp', x), least);
  });

  it('is never above 1 and never 0', () => {
    for (const y of applied('exp', negative)) assert.ok(y > 0 && y <= 1);
  });
});

describe('log1p', () => {
  it('is 0 at 0 and −0', () => {
    assert.equal(one('log1p', 0), 0);
    assert.equal(one('log1p', -0) + 0, 0);
  });

  it('is finite at the largest float, and NaN for ∞', () => {
    assert.ok(Math.abs(one('log1p', LARGEST) - Math.log1p(LARGEST)) <= 2 * ulp(88));
    assert.ok(Number.isNaN(one('log1p', Infinity)));
  });

  it('is never negative', () => {
    for (const y of applied('log1p', positive)) assert.ok(y >= 0);
  });
});

describe('tanh', () => {
  it('is odd to the last bit', () => {
    const plus = applied('tanh', positive);
    const minus = applied('tanh', negative).reverse();
    plus.forEach((y, k) => assert.ok(Object.is(minus[k], -y), `at ${positive[k]}`));
  });

  it('is never beyond ±1', () => {
    for (const y of applied('tanh', both)) assert.ok(Math.abs(y) <= 1);
    for (const y of applied('tanh', neighbours(7.9))) assert.ok(y <= 1);
  });

  it('is 1 to 2 ulp from 8.2 on, infinity included, and the same for all of them', () => {
    const last = one('tanh', Math.fround(8.2));
    assert.ok(1 - last <= 2 * 2 ** -24, `${last}`);
    for (const x of [8.3, 9, 20, 88, 1e10, LARGEST, Infinity]) {
      assert.equal(one('tanh', x), last);
      assert.equal(one('tanh', -x), -last);
    }
  });

  it('keeps the sign of 0', () => {
    assert.ok(Object.is(one('tanh', 0), 0));
    assert.ok(Object.is(one('tanh', -0), -0));
  });

  it('is x itself for the smallest numbers', () => {
    for (const x of [LEAST_SUBNORMAL, 2 ** -140, 2 ** -126, 1e-30, 1e-10]) {
      const rounded = Math.fround(x);
      assert.equal(one('tanh', rounded), rounded);
      assert.equal(one('tanh', -rounded), -rounded);
    }
  });
});

describe('sigmoid', () => {
  it('is ½ at 0 and −0, 1 far above and at ∞', () => {
    for (const x of [0, -0, LEAST_SUBNORMAL, -LEAST_SUBNORMAL]) assert.equal(one('sigmoid', x), 0.5);
    for (const x of [20, 88, 1e10, LARGEST, Infinity]) assert.equal(one('sigmoid', x), 1);
  });

  it('is what exp is from −87.34 down to −∞', () => {
    const least = one('exp', -Infinity);
    for (const y of applied(
      'sigmoid',
      both.filter((x) => x < FLAT_EXP),
    ))
      assert.equal(y, least);
    for (const x of [-88, -LARGEST, -Infinity]) assert.equal(one('sigmoid', x), least);
  });

  it('is within 0 and 1, and σ(x) + σ(−x) is 1 to 2 ulp', () => {
    const plus = applied('sigmoid', positive);
    const minus = applied('sigmoid', negative).reverse();
    plus.forEach((y, k) => {
      assert.ok(y >= 0.5 && y <= 1 && minus[k] > 0 && minus[k] <= 0.5);
      assert.ok(Math.abs(y + minus[k] - 1) <= 2 * 2 ** -24, `at ${positive[k]}`);
    });
  });
});

describe('a hidden unit', () => {
  /** g(x) as the engine computes it in passing: after a step at rate 1, b2 is −a for y = 0 and W1 = x, b1 = 0. */
  function unitOf(hidden: HiddenActivation): (x: number) => { a: number; slope: number } {
    const examples = { X: matrix(1, 1, Float64Array.of(1)), Y: matrix(1, 1, Float64Array.of(0)) };
    const network = { sizes: [1, 1, 1], hidden, output: 'linear' } as const;
    const trainer = new SimdTrainer(network, new Float64Array(4), examples, null);
    return (x) => {
      trainer.restore(0, Float64Array.of(x, 0, 1, 0), Float64Array.of(0));
      assert.ok(step(trainer, 1));
      const [, b1, , b2] = trainer.parameters();
      // b1 has become −g′(x) · a.
      return { a: -b2, slope: b1 / b2 };
    };
  }
  const fewer = (xs: Float32Array, most: number) =>
    xs.filter((x) => Math.abs(x) > 1e-18 && Math.abs(x) < most);
  const sparse = fewer(both, 1e4).filter((_, k) => k % 41 === 0);

  it('of tanh has the bits of tanh', () => {
    const ys = applied('tanh', sparse);
    const unit = unitOf('tanh');
    sparse.forEach((x, k) => assert.equal(unit(x).a, ys[k], `at ${x}`));
  });

  it('of sigmoid has the bits of sigmoid', () => {
    const ys = applied('sigmoid', sparse);
    const unit = unitOf('sigmoid');
    sparse.forEach((x, k) => assert.equal(unit(x).a, ys[k], `at ${x}`));
  });

  it('of relu, leakyRelu and linear is exact, and slopes as the equations say', () => {
    const relu = unitOf('relu');
    const leaky = unitOf('leakyRelu');
    const linear = unitOf('linear');
    for (const x of sparse) {
      assert.equal(relu(x).a + 0, Math.max(0, x));
      assert.equal(leaky(x).a, x < 0 ? Math.fround(Math.fround(0.01) * x) : x);
      assert.equal(linear(x).a, x);
      if (x > 0) for (const unit of [relu, leaky, linear]) assert.equal(unit(x).slope, 1);
      else {
        assert.ok(Math.abs(leaky(x).slope / 0.01 - 1) < 1e-6);
        assert.equal(linear(x).slope, 1);
      }
    }
  });
});
