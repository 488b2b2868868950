import { signal, type ReadonlySignal } from '@preact/signals';
import { decodePoints } from '../../src/core/curveNumbers';
import type { CurvePoint } from '../../src/core/history';
import { measuresOf } from '../../src/core/measures';
import type { Measure } from '../../src/core/trainer';
import { MOST_OVERLAID, type Compared, type RunRow } from '../../src/protocol/lensViews';
import type { Runs } from '../bridge';
import { Parts } from '../parts';

/** A run of the file, in the list of them. */
export interface ListedRun extends Omit<RunRow, 'measure' | 'best'> {
  readonly measure: Measure | null;
  readonly best: Measure | null;
}

/** What the webview knows of the other runs of the file, as far as it has asked for them. */
export class OtherRuns {
  private readonly listed = signal<readonly ListedRun[]>([]);
  private coming: readonly ListedRun[] = [];
  private readonly undeletable = signal(false);
  private readonly drawn = signal<ReadonlyMap<string, readonly CurvePoint[]>>(new Map());
  private readonly beside = signal<ReadonlyMap<string, Compared>>(new Map());
  private readonly loaded = signal<ReadonlyMap<string, Float64Array>>(new Map());
  private readonly arrays = new Parts();

  get rows(): ReadonlySignal<readonly ListedRun[]> {
    return this.listed;
  }

  /** Whether one was deleted and can come back. */
  get canUndelete(): ReadonlySignal<boolean> {
    return this.undeletable;
  }

  /** The curves that have been asked for, by the ids of their runs. */
  get curves(): ReadonlySignal<ReadonlyMap<string, readonly CurvePoint[]>> {
    return this.drawn;
  }

  /** What the shown run and those whose curves are drawn were trained with, by their ids. */
  get compared(): ReadonlySignal<ReadonlyMap<string, Compared>> {
    return this.beside;
  }

  /** The weights of the others, as `flatten` gives them. */
  get weights(): ReadonlySignal<ReadonlyMap<string, Float64Array>> {
    return this.loaded;
  }

  take(message: Runs): void {
    switch (message.type) {
      case 'runs':
        this.coming = this.withRows(message);
        // Not a part of them: what is missing from the list is no run any more.
        if (this.coming.length < message.total) return;
        this.listed.value = this.coming;
        this.undeletable.value = message.canUndelete;
        return;
      case 'curve':
        this.drawn.value = new Map(this.drawn.value).set(message.of, decodePoints(message.points));
        return;
      case 'compared':
        this.beside.value = new Map(this.beside.value).set(message.of, message.compared);
        return;
      case 'comparedWeights': {
        this.arrays.add({ ...message, name: message.of });
        const whole = this.arrays.takeOne(message.of);
        if (whole) this.loaded.value = new Map(this.loaded.value).set(message.of, whole);
        return;
      }
      default:
        message satisfies never;
    }
  }

  /** A list of as many as before is sent in those parts that have changed, any other one from its beginning. */
  private withRows({ rows, offset, total }: Runs & { type: 'runs' }): readonly ListedRun[] {
    const after = this.coming.length === total ? this.coming.slice(offset + rows.length) : [];
    return [...this.coming.slice(0, offset), ...rows.map(listedRun), ...after];
  }
}

const measureOf = (numbers: Float64Array | null): Measure | null =>
  numbers && (measuresOf(numbers)[0] ?? null);

const listedRun = (row: RunRow): ListedRun => ({
  ...row,
  measure: measureOf(row.measure),
  best: measureOf(row.best),
});

/**
 * Whether the curve of one more run may be drawn beside that of the shown run. A run that was deleted takes no room.
 * @param overlaid the ids of those that are drawn
 */
export const mayOverlay = (overlaid: readonly string[], rows: readonly Pick<ListedRun, 'id'>[]): boolean =>
  listed(overlaid, rows).length < MOST_OVERLAID;

/** Those that are drawn once the curve of a run is chosen, or no longer. */
export function overlaidAfter(
  overlaid: readonly string[],
  rows: readonly Pick<ListedRun, 'id'>[],
  { id, isDrawn }: { readonly id: string; readonly isDrawn: boolean },
): readonly string[] {
  const others = listed(overlaid, rows).filter((each) => each !== id);
  return isDrawn && mayOverlay(others, rows) ? [...others, id] : others;
}

const listed = (ids: readonly string[], rows: readonly Pick<ListedRun, 'id'>[]) =>
  ids.filter((id) => rows.some((row) => row.id === id));

/** What a run is called: its name, else when it was started. */
export const runName = (
  { name, startedAt }: Pick<ListedRun, 'name' | 'startedAt'>,
  now = Date.now(),
): string => (name === '' ? shortStart(new Date(startedAt), new Date(now)) : name);

/** `15:04:09` of today, `27 Nov, 15:04:09` of another day, in the person's own form: several begin in one minute. */
const shortStart = (started: Date, now: Date): string =>
  started.toLocaleString(undefined, {
    ...(started.toDateString() === now.toDateString() ? {} : { month: 'short', day: 'numeric' }),
    ...{ hour: 'numeric', minute: '2-digit', second: '2-digit' },
  });

/** The same with its year. */
export const startText = (startedAt: number): string =>
  new Date(startedAt).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
