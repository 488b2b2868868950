// How the benchmark takes a time: programs in turns, in several visits spread over the run, the quietest third of it all.

/** Visits to each work, one after the visit to all others, and the rounds of each. */
export const VISITS = 3;
export const ROUNDS = 5;

export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** The median of the quietest third of some times: what a program needs while the machine's clock does not wander. */
export const quiet = (times) => {
  const third = times.toSorted((a, b) => a - b).slice(0, Math.ceil(times.length / 3));
  return median(third);
};

/** So many turns of a loop take some milliseconds. */
const TURNS = 4_000_000;
const UNCOMPILED = 3;

/** Looks now and then at how long the same little work takes, to say how far the machine's clock wandered. */
export class Clock {
  times = [];
  looks = 0;
  /** What came out, so that nothing can be left out. */
  last = 0;

  look() {
    const from = performance.now();
    let x = 1;
    for (let turn = 0; turn < TURNS; turn++) x = (Math.imul(x, 1664525) + 1013904223) | 0;
    this.last = x;
    // The first looks are at a loop that is not compiled yet.
    if (this.looks++ >= UNCOMPILED) this.times.push(performance.now() - from);
  }

  /** How much longer it took at the noisiest tenth than at the quietest, as a part. */
  get wandered() {
    const sorted = this.times.toSorted((a, b) => a - b);
    const at = (part) => sorted[Math.floor(part * (sorted.length - 1))] ?? 1;
    return at(0.9) / at(0.1) - 1;
  }

  /** The sentence for the report. */
  text(visits, rounds) {
    const repeats = visits * rounds;
    const how =
      repeats < VISITS * ROUNDS
        ? `a trial of ${repeats} only, not to be quoted`
        : `the median of the quietest third of ${repeats} repeats, in ${visits} visits spread over the run, ours and peers alike`;
    return `Times: ${how}. The machine’s clock wandered by ${Math.round(100 * this.wandered)} % meanwhile (the slowest tenth of a fixed loop against its quickest).`;
  }
}

/** Milliseconds in as many digits as are worth it. */
export const digits = (ms) => (ms < 0.1 ? ms.toFixed(4) : ms < 10 ? ms.toFixed(2) : ms.toFixed(1));
export const times = (ratio) => `${ratio.toFixed(2)}×`;

/** Whether at least so much was reached: the aim, what it must be, or neither. */
export const met = (ratio, { must, aim }) => (ratio >= aim ? 'aim' : ratio >= must ? 'yes' : '**no**');
