import * as v from 'valibot';
import type { ModelFacts, RowFacts } from '../core/verdicts/looks';

// What a look at the rows, and one at the network, has found, as it goes to the Lens and into records.

const finite = v.pipe(v.number(), v.finite());
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
/** Names and classes that are sent. */
/* @__NO_SIDE_EFFECTS__ */
const list = <const T extends v.GenericSchema>(item: T, most: number) =>
  v.pipe(v.array(item), v.maxLength(most), v.readonly());

export const rowFacts = v.object({
  ...{ rows: count, columns: count, ofColumns: count, guess: finite },
  best: v.nullable(v.object({ column: v.string(), score: finite })),
  alike: list(v.object({ one: v.string(), other: v.string(), correlation: finite }), 10),
  beyond: list(v.object({ column: v.string(), rows: count, line: count }), 10),
}) satisfies v.GenericSchema<unknown, RowFacts>;

export const modelFacts = v.object({
  ...{ epoch: count, rows: count, gain: finite, guess: finite, columns: count, ofColumns: count },
  classes: list(v.object({ rows: count, right: count }), 10_000),
  least: list(v.object({ column: v.string(), rise: finite }), 10),
}) satisfies v.GenericSchema<unknown, ModelFacts>;
