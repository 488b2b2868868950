// What goes into a message of the Lens, and in how many.

/** 240 kB of float64 in a message, below the promised 256 kB with its envelope. */
const MOST_NUMBERS = 30_000;

/** The new points alone; all of the curve where those sent before no longer stand in it. */
export function freshOf<P>(points: readonly P[], sent: number, last: unknown) {
  const goesOn = sent > 0 && points[sent - 1] === last;
  const fresh = goesOn ? points.slice(sent) : points;
  return { goesOn, fresh, changed: fresh.length > 0 || (sent > 0 && !goesOn) };
}

/** At least one part, so that an empty array arrives too. */
export function* partsOf(values: Float64Array) {
  const total = values.length;
  for (let offset = 0; offset === 0 || offset < total; offset += MOST_NUMBERS) {
    // A copy: a view would be sent with the whole of its buffer.
    yield { offset, total, values: values.slice(offset, offset + MOST_NUMBERS) };
  }
}
