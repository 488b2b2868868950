/** 1H21, which may as well be a time of day or a span. */
export const SHORT_HALF = /^([12])H(\d\d)$/;

/** Whether 1H21, 2H21, 1H22 are the halves of some years, one after the other: no times, such as 1H30 and 2H15. */
export function areShortHalves(texts: readonly string[]): boolean {
  const [halves, years] = [new Set<string>(), new Set<number>()];
  for (const text of texts) {
    const [, half, year] = SHORT_HALF.exec(text) ?? [];
    if (half === undefined) return false;
    halves.add(half);
    // From 1969 on, which is the first that two digits may be.
    years.add((Number(year) + 31) % 100);
  }
  return halves.size === 2 && years.size > 1 && Math.max(...years) - Math.min(...years) < years.size;
}
