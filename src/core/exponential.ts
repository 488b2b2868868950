const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;
const [LEAST, MOST] = [-708, 709];
/** The series ends behind r¹³ / 13!: below 1e-16 of the whole for |r| ≤ ½ ln 2. */
const TERMS = 13;

/**
 * e^x to about 1e-16 of it, by the arithmetic of IEEE 754 alone, so that its last bit is the same on every machine;
 * Math.exp promises no such thing. Below e^−708 it is 0, above e^709 it is infinite.
 * x = k ln 2 + r with |r| ≤ ½ ln 2; e^r by its series.
 */
export function exponential(): (x: number) => number {
  const power = new DataView(new ArrayBuffer(8));
  return (x) => {
    if (!(x >= LEAST)) return x < LEAST ? 0 : NaN;
    if (x > MOST) return Infinity;
    const k = Math.round(x / (LN2_HIGH + LN2_LOW));
    const r = x - k * LN2_HIGH - k * LN2_LOW;
    let sum = 1;
    for (let n = TERMS; n >= 1; n--) sum = 1 + (sum * r) / n;
    // 2^(k − 1), as 2^1024 is no number; times 2.
    power.setUint32(0, (k - 1 + 1023) << 20);
    return sum * power.getFloat64(0) * 2;
  };
}
