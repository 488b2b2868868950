// The tables on which automatic settings are chosen and judged: made by rules, each kind twice, in other sizes and by
// other numbers. Those of the half `choose` may be looked at as often as one likes; those of the half `judge` are for the
// figures alone. No rule of the extension may name any of them.
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** What the columns of a table are made with. */
class Chance {
  constructor(seed) {
    this.generator = xoroshiro128plus(Math.imul(seed + 1, 0x9e3779b1));
    for (let k = 0; k < 32; k++) this.generator.next();
  }

  uniform(from = 0, to = 1) {
    return from + ((to - from) * (this.generator.next() >>> 0)) / 2 ** 32;
  }

  below(n) {
    return Math.floor(this.uniform(0, n));
  }

  normal() {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  normals(n) {
    return Array.from({ length: n }, () => this.normal());
  }

  /** How often something happens that happens `mean` times as a rule. */
  poisson(mean) {
    const limit = Math.exp(-mean);
    let [count, product] = [0, this.uniform()];
    while (product > limit) {
      count++;
      product *= this.uniform();
    }
    return count;
  }
}

const sigmoid = (z) => 1 / (1 + Math.exp(-z));
const dot = (a, b) => a.reduce((sum, value, k) => sum + value * b[k], 0);
const yes = (chance, probability) => (chance.uniform() < probability ? 'yes' : 'no');
const choose = (chance, names) => names[chance.below(names.length)];
const COLOURS = ['amber', 'blue', 'coral', 'green', 'indigo', 'lilac', 'mint', 'olive', 'pink', 'red'];

/** A row of numbers: features, then what is to be predicted. */
const named = (features, y) => [...features, y];

/** A class of several by logits, drawn. */
function drawn(chance, logits) {
  const most = Math.max(...logits);
  const weights = logits.map((z) => Math.exp(z - most));
  let left = chance.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
  return weights.findIndex((weight) => (left -= weight) < 0);
}

/**
 * Each kind makes of its chance, once for a table, how a row is made. `sizes`: rows of the table to choose on and of that
 * to judge by.
 */
const CLASSES = {
  straight: { sizes: [300, 2000], make: (c) => byLine(c, 4, 2) },
  'straight, many features': { sizes: [200, 400], make: (c) => byLine(c, 60, 3) },
  'straight, noisy': { sizes: [1500, 500], make: (c) => byLine(c, 8, 0.7) },
  'straight, rare': { sizes: [6000, 10_000], make: (c) => byLine(c, 6, 2, -5) },
  'straight, five classes': {
    sizes: [900, 3000],
    make: (c) => {
      const lines = Array.from({ length: 5 }, () => c.normals(6));
      return () => {
        const x = c.normals(6);
        return named(
          x,
          COLOURS[
            drawn(
              c,
              lines.map((w) => 1.5 * dot(w, x)),
            )
          ],
        );
      };
    },
  },
  'few of many': { sizes: [800, 3000], make: (c) => fewOfMany(c, 40, (x) => 2 * x[0] - 2 * x[1] + x[2]) },
  nothing: { sizes: [600, 1500], make: (c) => () => named(c.normals(6), yes(c, 0.5)) },
  product: { sizes: [800, 4000], make: (c) => fewOfMany(c, 6, (x) => 4 * x[0] * x[1]) },
  ring: { sizes: [500, 3000], make: (c) => fewOfMany(c, 5, (x) => 6 * (1.4 - x[0] * x[0] - x[1] * x[1])) },
  waves: { sizes: [1000, 5000], make: (c) => fewOfMany(c, 3, (x) => 5 * Math.sin(3 * x[0])) },
  squares: {
    sizes: [3000, 8000],
    make: (c) => fewOfMany(c, 2, (x) => 6 * Math.sin(2.5 * x[0]) * Math.sin(2.5 * x[1])),
  },
  thresholds: {
    sizes: [1200, 5000],
    make: (c) => fewOfMany(c, 8, (x) => (x[0] > 0.3 ? (x[1] > -0.2 ? 3 : -2) : x[2] > 0.8 ? 2 : -3)),
  },
  'curved, rare': { sizes: [8000, 20_000], make: (c) => fewOfMany(c, 5, (x) => 3 * x[0] * x[0] - 8) },
  clouds: { sizes: [450, 3000], make: (c) => clouds(c, 3, 4, 1.6) },
  'many clouds': { sizes: [1500, 4000], make: (c) => clouds(c, 8, 30, 0.9) },
  'ten shapes': { sizes: [1800, 5000], make: shapes },
  'heavy tails': {
    sizes: [1000, 4000],
    make: (c) => () => {
      const logs = c.normals(5);
      const y = yes(c, sigmoid(2.5 * logs[0] - 2 * logs[1] + logs[2]));
      return named(
        logs.map((log) => Math.exp(1.5 * log)),
        y,
      );
    },
  },
  words: { sizes: [900, 4000], make: (c) => words(c, (effect, x) => yes(c, sigmoid(2 * effect + x[0]))) },
  'words that turn': {
    sizes: [1500, 6000],
    make: (c) => () => {
      const [word, x] = [choose(c, COLOURS.slice(0, 4)), c.normals(3)];
      const slope = { amber: 3, blue: -3, coral: 1, green: 0 }[word];
      return named([word, ...x], yes(c, sigmoid(slope * x[0])));
    },
  },
  gaps: {
    sizes: [700, 3000],
    make: (c) => () => {
      const x = c.normals(5);
      const y = yes(c, sigmoid(2 * x[0] + x[1]));
      // The first is missing where the answer is no, more often.
      const isGone = c.uniform() < (y === 'no' ? 0.35 : 0.1);
      return named([isGone ? '' : x[0], ...x.slice(1).map((value) => (c.uniform() < 0.1 ? '' : value))], y);
    },
  },
  'much alike': {
    sizes: [400, 2500],
    make: (c) => {
      const loads = Array.from({ length: 20 }, () => c.normals(3));
      return () => {
        const factors = c.normals(3);
        const x = loads.map((load) => dot(load, factors) + 0.2 * c.normal());
        return named(x, yes(c, sigmoid(2 * factors[0] - 2 * factors[1])));
      };
    },
  },
};

const NUMBERS = {
  straight: { sizes: [250, 2000], make: (c) => lineOf(c, 5, 1) },
  'straight, few rows': { sizes: [400, 450], make: (c) => lineOf(c, 10, 4) },
  'straight, many features': { sizes: [200, 300], make: (c) => lineOf(c, 80, 3) },
  'straight, far off': { sizes: [600, 2500], make: (c) => lineOf(c, 6, 1, () => c.normal() / Math.max(0.05, c.uniform())) },
  nothing: { sizes: [500, 1200], make: (c) => () => named(c.normals(5), c.normal()) },
  'five of ten': {
    sizes: [800, 4000],
    make: (c) => () => {
      const x = Array.from({ length: 10 }, () => c.uniform());
      const wave = 10 * Math.sin(Math.PI * x[0] * x[1]);
      return named(x, wave + 20 * (x[2] - 0.5) ** 2 + 10 * x[3] + 5 * x[4] + c.normal());
    },
  },
  reactance: {
    sizes: [1000, 5000],
    make: (c) => () => {
      const x = [c.uniform(0, 100), c.uniform(125, 1760), c.uniform(), c.uniform(1, 11)];
      const other = x[1] * x[2] - 1 / (x[1] * x[3]);
      return named(x, Math.sqrt(x[0] * x[0] + other * other) + 60 * c.normal());
    },
  },
  price: {
    sizes: [1000, 6000],
    make: (c) => () => {
      const x = c.normals(6);
      return named(x, Math.exp(9 + 0.6 * x[0] - 0.5 * x[1] + 0.3 * x[2] * x[3] + 0.3 * c.normal()));
    },
  },
  product: { sizes: [700, 3000], make: (c) => ofRow(c, 5, (x) => 2 * x[0] * x[1] + x[2], 0.5) },
  wave: { sizes: [300, 1500], make: (c) => ofRow(c, 1, (x) => Math.sin(3 * x[0]), 0.2) },
  stairs: { sizes: [900, 4000], make: (c) => ofRow(c, 4, (x) => Math.floor(2 * x[0]) + (x[1] > 0 ? 2 : 0), 0.3) },
  'wider to the right': {
    sizes: [800, 3000],
    make: (c) => ofRow(c, 3, (x) => 3 * x[0] + Math.exp(0.7 * x[1]) * c.normal(), 0.1),
  },
  words: { sizes: [800, 3500], make: (c) => words(c, (effect, x) => 3 * effect + 2 * x[0] - x[1] + c.normal()) },
  counts: {
    sizes: [1000, 4000],
    make: (c) => () => {
      const x = c.normals(4);
      return named(x, c.poisson(Math.exp(1 + 0.6 * x[0] - 0.4 * x[1])));
    },
  },
  logarithms: {
    sizes: [900, 4000],
    make: (c) => () => {
      const logs = c.normals(5);
      return named(logs.map((log) => Math.exp(1.3 * log)), 2 * logs[0] - logs[1] + 0.5 * c.normal());
    },
  },
}; // prettier-ignore

/** Two classes by a straight line through n features. */
function byLine(c, n, strength, offset = 0) {
  const w = c.normals(n).map((value) => (strength * value) / Math.sqrt(n));
  return () => {
    const x = c.normals(n);
    return named(x, yes(c, sigmoid(2 * dot(w, x) + offset)));
  };
}

/** Two classes by the logit of a few of n features. */
const fewOfMany = (c, n, logit) => () => {
  const x = c.normals(n);
  return named(x, yes(c, sigmoid(logit(x))));
};

/** Classes around middles of their own, each stretched another way. */
function clouds(c, classes, n, apart) {
  const middles = Array.from({ length: classes }, () => c.normals(n).map((value) => apart * value));
  const mixes = Array.from({ length: classes }, () => Array.from({ length: n }, () => c.normals(n)));
  return () => {
    const k = c.below(classes);
    const z = c.normals(n);
    const x = middles[k].map((middle, i) => middle + z[i] + (0.6 * dot(mixes[k][i], z)) / Math.sqrt(n));
    return named(x, COLOURS[k]);
  };
}

/** Ten classes on 64 features of which each is seen in every row: shapes, shifted and blurred. */
function shapes(c) {
  const forms = Array.from({ length: 10 }, () =>
    Array.from({ length: 64 }, () => (c.uniform() < 0.35 ? 8 : 0)),
  );
  return () => {
    const k = c.below(10);
    const shift = c.below(3) - 1;
    const x = forms[k].map((_, i) => forms[k][(i + shift + 64) % 64] * c.uniform(0.3, 1.2) + 5 * c.normal());
    return named(
      x.map((value) => Math.round(Math.min(16, Math.max(0, value)))),
      COLOURS[k],
    );
  };
}

/** Two columns of words, each with an effect of its own, beside three of numbers. */
function words(c, answer) {
  const effects = [COLOURS, COLOURS.slice(0, 3)].map((all) => new Map(all.map((word) => [word, c.normal()])));
  return () => {
    const chosen = effects.map((each) => choose(c, [...each.keys()]));
    const x = c.normals(3);
    const effect = chosen.reduce((sum, word, k) => sum + effects[k].get(word), 0);
    return named([...chosen, ...x], answer(effect, x));
  };
}

/** A number on a straight line through n features, but for what `error` adds. */
function lineOf(c, n, noise, error = () => c.normal()) {
  const w = c.normals(n);
  return () => {
    const x = c.normals(n);
    return named(x, dot(w, x) + noise * error());
  };
}

const ofRow = (c, n, f, noise) => () => {
  const x = c.normals(n);
  return named(x, f(x) + noise * c.normal());
};

const text = (value) => (typeof value === 'number' ? String(Number(value.toPrecision(6))) : value);

function table(task, kind, { sizes, make }, half, number) {
  const rows = sizes[half === 'choose' ? 0 : 1];
  return {
    ...{ name: `${task}: ${kind}`, task, kind, half, rows },
    /** The table as CSV; its last column is the target. */
    csv() {
      const chance = new Chance(number);
      const row = make(chance);
      const all = Array.from({ length: rows }, () => row());
      const names = all[0].map((_, k) => (k < all[0].length - 1 ? `x${k + 1}` : 'target'));
      return [names, ...all].map((cells) => cells.map(text).join(',')).join('\n') + '\n';
    },
  };
}

/** All of them: 72, half to choose on. */
export const TABLES = ['choose', 'judge'].flatMap((half, h) =>
  Object.entries({ classes: CLASSES, number: NUMBERS }).flatMap(([task, kinds], t) =>
    Object.entries(kinds).map(([kind, how], k) => table(task, kind, how, half, 1000 * h + 100 * t + k)),
  ),
);
