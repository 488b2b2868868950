import { encodePoints } from '../core/curveNumbers';
import type { Measure } from '../core/trainer';
import type { ToWebview } from '../protocol/lens';
import type { OtherRun, Shown } from '../session/shown';
import { comparedView, runRows } from '../session/view';
import { partsOf } from './messageParts';

/** Runs of a file, with a note and what differs of each. */
const MOST_ROWS = 10;

/** What a Lens wants of the other runs of its file. */
interface Wanted {
  readonly runs: boolean;
  /** The ids of those whose curves are drawn, and that stand beside the shown one. */
  readonly overlaid: readonly string[];
}

/** What the webview already has. */
interface Sent {
  readonly list: SentList | null;
  /** Of the curves the last point each. */
  readonly curves: ReadonlyMap<string, Measure | undefined>;
  /** What each of the compared was trained with, and its weights. */
  readonly compared: ReadonlyMap<string, string>;
  readonly weights: ReadonlyMap<string, Float64Array | null>;
}

/** The list of runs, some rows together as the text that they were. */
interface SentList {
  readonly parts: readonly string[];
  readonly total: number;
  readonly canUndelete: boolean;
}

const WANTS_NOTHING: Wanted = { runs: false, overlaid: [] };
const NOTHING: Sent = { list: null, curves: new Map(), compared: new Map(), weights: new Map() };

/** Sends a webview the other runs of a file, where they are wanted and have changed. */
export class RunsSender {
  wants = WANTS_NOTHING;
  private sent = NOTHING;

  constructor(private readonly post: (message: ToWebview) => void) {}

  /** The webview is a new one. */
  forget(): void {
    this.wants = WANTS_NOTHING;
    this.sent = NOTHING;
  }

  /** Another run is shown, from which the others differ in something else. */
  begin(): void {
    this.sent = NOTHING;
  }

  send(session: Shown): void {
    const { runs: isListed, overlaid: ids } = this.wants;
    // Nearly always nobody looks at them, and this is asked with every frame.
    if (!isListed && ids.length === 0) {
      this.sent = NOTHING;
      return;
    }
    const all = session.runs ?? [];
    const overlaid = all.filter(({ id }) => ids.includes(id));
    const list = isListed ? this.sendList(session) : null;
    const curves = this.sendCurves(overlaid);
    this.sent = { ...this.sent, list, curves };
    if (!isListed || overlaid.length === 0) {
      this.sent = { ...this.sent, compared: NOTHING.compared, weights: NOTHING.weights };
      return;
    }
    const shown = all.filter(({ id }) => id === session.id);
    const compared = this.sendCompared([...shown, ...overlaid]);
    const weights = this.sendWeights(overlaid);
    this.sent = { ...this.sent, compared, weights };
  }

  /** Of a list whose rows are as many as before only the parts go that are other ones: of a training, its own. */
  private sendList(session: Shown): SentList {
    const rows = runRows(session);
    const total = rows.length;
    const canUndelete = session.canUndelete ?? false;
    const { list } = this.sent;
    const before = list?.total === total && list.canUndelete === canUndelete ? list.parts : [];
    const parts: string[] = [];
    for (let offset = 0; offset === 0 || offset < total; offset += MOST_ROWS) {
      const some = rows.slice(offset, offset + MOST_ROWS);
      const text = JSON.stringify(
        some.map((row) => ({ ...row, measure: [...(row.measure ?? [])], best: [...(row.best ?? [])] })),
      );
      if (text !== before[parts.length]) this.post({ type: 'runs', rows: some, offset, total, canUndelete });
      parts.push(text);
    }
    return { parts, total, canUndelete };
  }

  private sendCurves(overlaid: readonly OtherRun[]): Sent['curves'] {
    const { curves } = this.sent;
    for (const { id, points } of overlaid) {
      if (curves.has(id) && curves.get(id) === points.at(-1)) continue;
      this.post({ type: 'curve', of: id, points: encodePoints(points) });
    }
    return new Map(overlaid.map(({ id, points }) => [id, points.at(-1)]));
  }

  private sendCompared(runs: readonly OtherRun[]): Sent['compared'] {
    return new Map(
      runs.map((run) => {
        const compared = comparedView(run);
        const text = JSON.stringify(compared);
        if (this.sent.compared.get(run.id) !== text) this.post({ type: 'compared', of: run.id, compared });
        return [run.id, text];
      }),
    );
  }

  private sendWeights(overlaid: readonly OtherRun[]): Sent['weights'] {
    return new Map(
      overlaid.map(({ id, network, parameters }) => {
        const weights = network && parameters;
        if (weights && this.sent.weights.get(id) !== weights) {
          for (const part of partsOf(weights)) this.post({ type: 'comparedWeights', of: id, ...part });
        }
        return [id, weights];
      }),
    );
  }
}
