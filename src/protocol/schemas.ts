/** What the schemas of messages are made of. */
import * as v from 'valibot';

// So that a bundle which parses by one of the schemas does not hold the others.
/* @__NO_SIDE_EFFECTS__ */
export function list<T extends v.GenericSchema>(item: T) {
  return v.pipe(v.array(item), v.readonly());
}
export const count = v.pipe(v.number(), v.integer(), v.minValue(0));
export const id = v.string();
export const numbers = v.custom<Float64Array>((input) => input instanceof Float64Array);
