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
  /** The list of runs, and of the curves the last point each. */
  readonly rows: string;
  readonly curves: ReadonlyMap<string, Measure | undefined>;
  /** What each of the compared was trained with, and its weights. */
  readonly compared: ReadonlyMap<string, string>;
  readonly weights: ReadonlyMap<string, Float64Array | null>;
}

const WANTS_NOTHING: Wanted = { runs: false, overlaid: [] };
const NOTHING: Sent = { rows: '', curves: new Map(), compared: new Map(), weights: new Map() };

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
    const rows = isListed ? this.sendRows(session) : '';
    const curves = this.sendCurves(overlaid);
    this.sent = { ...this.sent, rows, curves };
    if (!isListed || overlaid.length === 0) {
      this.sent = { ...this.sent, compared: NOTHING.compared, weights: NOTHING.weights };
      return;
    }
    const shown = all.filter(({ id }) => id === session.id);
    const compared = this.sendCompared([...shown, ...overlaid]);
    const weights = this.sendWeights(overlaid);
    this.sent = { ...this.sent, compared, weights };
  }

  private sendRows(session: Shown): string {
    const rows = runRows(session);
    const canUndelete = session.canUndelete ?? false;
    const text = JSON.stringify([
      rows.map((row) => ({ ...row, measure: [...(row.measure ?? [])], best: [...(row.best ?? [])] })),
      canUndelete,
    ]);
    if (text === this.sent.rows) return text;
    for (let offset = 0; offset === 0 || offset < rows.length; offset += MOST_ROWS)
      this.post({
        ...{ type: 'runs', rows: rows.slice(offset, offset + MOST_ROWS), offset, total: rows.length },
        canUndelete,
      });
    return text;
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
