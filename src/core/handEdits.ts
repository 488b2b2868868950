/** What a person does to the weights of a training that rests. Parameters are told by their index in `flatten`. */

/** A weight or bias before and after, as the engine's numbers have them. */
export interface WeightChange {
  readonly index: number;
  readonly before: number;
  readonly after: number;
}

/** What was done: numbers that were set, and which parameters are learned no more, or again. */
export interface HandChange {
  readonly weights: readonly WeightChange[];
  readonly frozen: readonly number[];
  readonly thawed: readonly number[];
}

/** What is asked for. */
export type HandEdit =
  | { readonly kind: 'set'; readonly index: number; readonly value: number }
  | { readonly kind: 'freeze'; readonly indices: readonly number[]; readonly frozen: boolean }
  /** Takes back the last that was not taken back before. */
  | { readonly kind: 'undo' };

/** Smaller numbers are 0 in float32. */
const LEAST_FLOAT = 1.4e-45;

/** Parameters that no update changes. */
export type Frozen = ReadonlySet<number>;

/** What takes a change back. */
const inverse = ({ weights, frozen, thawed }: HandChange): HandChange => ({
  weights: weights.map(({ index, before, after }) => ({ index, before: after, after: before })),
  frozen: thawed,
  thawed: frozen,
});

/** What is frozen behind a change. */
export function frozenBehind(before: Frozen, { frozen, thawed }: HandChange): Frozen {
  const behind = new Set(before);
  frozen.forEach((index) => behind.add(index));
  thawed.forEach((index) => behind.delete(index));
  return behind;
}

/** Two changes, one after the other, as one. */
export function together(first: HandChange, then: HandChange): HandChange {
  const weights = new Map(first.weights.map((change) => [change.index, change]));
  for (const { index, before, after } of then.weights)
    weights.set(index, { index, before: weights.get(index)?.before ?? before, after });
  const without = (indices: readonly number[], others: readonly number[]) =>
    indices.filter((index) => !others.includes(index));
  return {
    weights: [...weights.values()],
    frozen: [...without(first.frozen, then.thawed), ...without(then.frozen, first.thawed)],
    thawed: [...without(first.thawed, then.frozen), ...without(then.thawed, first.frozen)],
  };
}

/**
 * What an edit changes of these parameters, which may be nothing. Throws RangeError for a parameter that is not there.
 * @param undone what an undo takes back
 */
export function changeBy(
  edit: HandEdit,
  parameters: Float64Array,
  frozen: Frozen,
  undone: HandChange | undefined,
): HandChange {
  const mustBeThere = (index: number) => {
    if (!(index in parameters)) throw new RangeError(`there is no parameter ${index}`);
  };
  switch (edit.kind) {
    case 'set': {
      const { index } = edit;
      mustBeThere(index);
      // No −0, which a record does not keep.
      const value = Math.abs(edit.value) < LEAST_FLOAT ? 0 : edit.value;
      const isOther = parameters[index] !== value;
      const weights = isOther ? [{ index, before: parameters[index], after: value }] : [];
      return { ...NO_CHANGE, weights };
    }
    case 'freeze': {
      edit.indices.forEach(mustBeThere);
      const changed = edit.indices.filter((index) => frozen.has(index) !== edit.frozen);
      return edit.frozen ? { ...NO_CHANGE, frozen: changed } : { ...NO_CHANGE, thawed: changed };
    }
    case 'undo': {
      const back = inverse(undone ?? NO_CHANGE);
      // It may have learned since.
      const weights = back.weights.map(({ index, after }) => ({
        index,
        before: parameters[index],
        after: after + 0,
      }));
      return { ...back, weights };
    }
    default:
      return edit satisfies never;
  }
}

const NO_CHANGE: HandChange = { weights: [], frozen: [], thawed: [] };

/** What a person did to the weights at an epoch. */
export interface HandMark {
  readonly kind: 'hand';
  readonly epoch: number;
  readonly change: HandChange;
  /** What one drag did is one mark; the next has another number. */
  readonly drag?: number | undefined;
  /** It takes back the last that was not taken back before. */
  readonly isUndo?: boolean | undefined;
}

/** A mark of a training, of which only those by hand matter here. */
interface AnyMark {
  readonly kind: string;
  readonly drag?: number | undefined;
}

const isByHand = (mark: AnyMark | undefined): mark is HandMark => mark?.kind === 'hand';

/** Adds a mark behind others. What a person drags a weight through is one mark, which grows. */
export function addMark<M extends AnyMark>(marks: (M | HandMark)[], mark: M): void {
  const last = marks.at(-1);
  const goesOn =
    isByHand(mark) &&
    isByHand(last) &&
    mark.drag !== undefined &&
    mark.drag === last.drag &&
    mark.epoch === last.epoch;
  if (goesOn) marks[marks.length - 1] = { ...mark, change: together(last.change, mark.change) };
  else marks.push(mark);
}

/** A number that no drag among the marks has. */
export const nextDrag = (marks: readonly AnyMark[]): number =>
  marks.reduce((next, { drag = -1 }) => Math.max(next, drag + 1), 0);

/** What is frozen behind marks. */
export const frozenAfter = (marks: readonly AnyMark[]): Frozen =>
  marks.filter(isByHand).reduce<Frozen>((frozen, { change }) => frozenBehind(frozen, change), new Set());

/** The last change by hand that can be taken back; null where all are. */
export function lastByHand(marks: readonly AnyMark[]): HandMark | null {
  const done: HandMark[] = [];
  for (const mark of marks.filter(isByHand)) {
    if (mark.isUndo) done.pop();
    else done.push(mark);
  }
  return done.at(-1) ?? null;
}
