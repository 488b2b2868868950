const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;
const L = [
  6.66666666666673513e-1, 3.999999999940941908e-1, 2.857142874366239149e-1, 2.222219843214978396e-1,
  1.818357216161805012e-1, 1.531383769920937332e-1, 1.479819860511658591e-1,
] as const;
const TWO_54 = 18_014_398_509_481_984;
const HALF_ROOT = 0.7071067811865476;

/**
 * The natural logarithm of numbers above 0, by the arithmetic of IEEE 754 alone, so that its last bit is the same on
 * every machine; Math.log promises no such thing. FreeBSD's e_log.c.
 */
export function naturalLogarithm(): (x: number) => number {
  const numbers = new Float64Array(1);
  const words = new DataView(numbers.buffer);
  return (x) => {
    if (!(x > 0) || x === Infinity) return x === 0 ? -Infinity : x > 0 ? x : NaN;
    // x = 2^k · m, m from √½ to √2.
    const isSubnormal = x < 2.2250738585072014e-308;
    words.setFloat64(0, isSubnormal ? x * TWO_54 : x);
    const high = words.getUint32(0);
    let k = (high >>> 20) - 1022 - (isSubnormal ? 54 : 0);
    words.setUint32(0, (high & 0xf_ffff) | (1022 << 20));
    let m = words.getFloat64(0);
    if (m < HALF_ROOT) {
      m *= 2;
      k--;
    }
    const f = m - 1;
    const s = f / (2 + f);
    const z = s * s;
    const rest = z * (L[0] + z * (L[1] + z * (L[2] + z * (L[3] + z * (L[4] + z * (L[5] + z * L[6]))))));
    const half = 0.5 * f * f;
    return k * LN2_HIGH - (half - (s * (half + rest) + k * LN2_LOW) - f);
  };
}
