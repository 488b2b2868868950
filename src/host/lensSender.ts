import { encodeLayerPoints, encodePoints } from '../core/curveNumbers';
import { cut } from '../core/format';
import type { LayerPoint } from '../core/layerCurve';
import { numbersOf } from '../core/measures';
import type { Measure } from '../core/trainer';
import { UserError } from '../data/userError';
import { apart, type AnswerToLens } from '../protocol/ask';
import type { ExerciseRow } from '../protocol/exerciseRow';
import type { HandlesView } from '../protocol/handlesView';
import type { NumbersKey, ToWebview } from '../protocol/lens';
import type { SettingsComparison } from '../session/comparing';
import type { CrossValidation } from '../session/crossValidating';
import type { Search } from '../session/finding';
import type { Experiment } from '../session/lab';
import { comparisonView, experimentView, foldsView, searchView } from '../session/labViews';
import type { Shown } from '../session/shown';
import { liveView, runView } from '../session/view';
import type { Sample } from '../train/sample';
import { freshOf, partsOf } from './messageParts';
import { RunsSender } from './runsSender';
import { textOf } from './text';

/** Names of 200 characters, which are 1200 bytes each where all of them have to be escaped. */
const MOST_NAMES = 200;

export interface Place {
  readonly uri: string | null;
  readonly pinned: boolean;
  /** The name of the file with a run that it can go back to. */
  readonly back: string | null;
  /** Whether predictions stand in the editors. */
  readonly predictions?: boolean;
}

/** What the webview already has. */
interface Sent {
  readonly place: string;
  readonly run: string;
  /** What the run's view and its arrays were made from. */
  readonly still: readonly unknown[];
  readonly points: number;
  readonly lastPoint: Measure | undefined;
  readonly ghost: readonly Measure[] | null;
  readonly layers: number;
  readonly lastLayers: LayerPoint | undefined;
  readonly handles: HandlesView | undefined;
  readonly frozen: ReadonlySet<number> | undefined;
  readonly exercises: readonly ExerciseRow[] | undefined;
  readonly experiments: readonly Experiment[];
  readonly search: Search | null;
  readonly comparison: SettingsComparison | null;
  readonly crossValidation: CrossValidation | null;
}

/** The page that a person has come for. */
export type ToShow = Extract<ToWebview, { type: 'showExercise' | 'showFind' | 'showCompare' | 'showFolds' }>;

const NOTHING_FROZEN: ReadonlySet<number> = new Set();

const NOTHING: Sent = {
  place: '',
  run: '',
  still: [],
  points: 0,
  lastPoint: undefined,
  ghost: null,
  layers: 0,
  lastLayers: undefined,
  handles: undefined,
  frozen: undefined,
  exercises: undefined,
  experiments: [],
  search: null,
  comparison: null,
  crossValidation: null,
};

/** Sends a webview what is new of a session: what stays the same once, the curve's new points, and each frame the rest. */
export class LensSender<S extends Shown = Shown> {
  wantsExercises = false;
  wantsLab = false;
  /** What a person has come for; until a frame after it has been drawn it is said again, as a webview may go. */
  toShow: ToShow | undefined;
  private saidToShow: ToShow | undefined;
  private sent = NOTHING;
  private version = 0;

  /** The other runs of the file. */
  readonly runs: RunsSender;

  constructor(
    private readonly post: (message: ToWebview) => void,
    private readonly place: () => Place,
  ) {
    this.runs = new RunsSender(post);
  }

  /** The webview is a new one: it has nothing, and has not said yet what it wants. */
  forget(): void {
    this.sent = NOTHING;
    this.runs.forget();
    this.wantsExercises = false;
    this.wantsLab = false;
  }

  /** The webview has taken all that was sent. */
  drawn(): void {
    if (this.toShow === this.saidToShow) this.toShow = undefined;
    this.saidToShow = undefined;
  }

  /** Sends what the webview does not have yet of a session; returns whether that ends with a frame to be drawn. */
  send(session: S | undefined): boolean {
    this.sendPlace();
    const { place } = this.sent;
    if (!session) {
      this.sent = { ...NOTHING, place };
      this.runs.begin();
      this.post({ type: 'run', run: null });
      return false;
    }
    if (this.sent.run !== session.id) {
      this.sent = { ...NOTHING, place, run: session.id };
      this.runs.begin();
    }
    this.sendStill(session);
    this.post({ type: 'live', ...this.address, live: liveView(session, textOf) });
    this.sendHandles(session);
    this.sendCurves(session);
    if (session.parameters && session.network) this.sendNumbers('parameters', session.parameters);
    this.sendFrozen(session);
    this.runs.send(session);
    this.sendExercises(session);
    this.sendExperiments(session);
    this.sendSearches(session);
    if (this.toShow) this.post(this.toShow);
    this.saidToShow = this.toShow;
    this.post({ type: 'frame', run: session.id });
    return true;
  }

  /** Sends the arrays of an answer; returns what is left of it. */
  sendParts(id: number, answer: AnswerToLens): ReturnType<typeof apart>['fields'] {
    const { fields, arrays } = apart(answer);
    for (const [name, values] of arrays) {
      for (const part of partsOf(values)) this.post({ type: 'part', id, name, ...part });
    }
    return fields;
  }

  private sendPlace(): void {
    const { uri, pinned, back, predictions } = this.place();
    const place = JSON.stringify([uri, pinned, back, predictions]);
    if (place === this.sent.place) return;
    this.sent = { ...this.sent, place };
    this.post({ type: 'place', uri, pinned, back, ...(predictions && { predictions }) });
  }

  private sendHandles({ handles }: S): void {
    if (!handles || handles === this.sent.handles) return;
    this.sent = { ...this.sent, handles };
    this.post({ type: 'handles', ...this.address, handles });
  }

  /** The run and the arrays that belong to it, when one of them has changed. */
  private sendStill(session: S): void {
    const { uri, dataset, network, sample } = session;
    const still = [uri.toString(), dataset, network, sample];
    if (this.sent.still.length > 0 && still.every((part, k) => part === this.sent.still[k])) return;
    this.sent = { ...this.sent, still };
    this.version++;
    const { version } = this;
    this.post({ type: 'run', run: runView(session, version, textOf) });
    if (!dataset || !sample) return;
    const { features } = dataset;
    for (let offset = 0; offset < features.length; offset += MOST_NAMES) {
      const names = features.slice(offset, offset + MOST_NAMES).map(({ name }) => cut(name));
      this.post({ type: 'features', ...this.address, offset, names });
    }
    this.sendNumbers(
      'scales',
      Float64Array.from(features.flatMap(({ mean, deviation }) => [mean, deviation])),
    );
    this.sendSample(sample);
  }

  private sendSample({ X, y, test, lines }: Sample): void {
    this.sendNumbers('X', X);
    this.sendNumbers('y', y);
    this.sendNumbers('test', Float64Array.from(test));
    this.sendNumbers('lines', Float64Array.from(lines));
  }

  private sendCurves({ points, ghost = null, layers = [] }: S): void {
    const ofRun = freshOf(points, this.sent.points, this.sent.lastPoint);
    if (ofRun.changed) this.sendNumbers(ofRun.goesOn ? 'points' : 'history', encodePoints(ofRun.fresh));
    const ofLayers = freshOf(layers, this.sent.layers, this.sent.lastLayers);
    if (ofLayers.changed) {
      this.sendNumbers(ofLayers.goesOn ? 'layerPoints' : 'layerHistory', encodeLayerPoints(ofLayers.fresh));
    }
    if (ghost !== this.sent.ghost) this.sendNumbers('ghost', numbersOf(ghost ?? []));
    this.sent = { ...this.sent, points: points.length, lastPoint: points.at(-1), ghost };
    this.sent = { ...this.sent, layers: layers.length, lastLayers: layers.at(-1) };
  }

  private sendFrozen({ frozen = NOTHING_FROZEN }: S): void {
    if (frozen === this.sent.frozen) return;
    this.sent = { ...this.sent, frozen };
    this.sendNumbers('frozen', Float64Array.from(frozen));
  }

  private sendExercises(session: S): void {
    const exercises = this.wantsExercises ? session.exercises : undefined;
    if (exercises && exercises !== this.sent.exercises) this.post({ type: 'exercises', rows: exercises });
    this.sent = { ...this.sent, exercises };
  }

  /** The experiments of the Lab, where they are wanted: of each that has moved how it stands, and what has moved in it. */
  private sendExperiments(session: S): void {
    const sent = (this.wantsLab && session.experiments) || [];
    for (const experiment of sent) {
      const before = this.sent.experiments.find(({ kind }) => kind === experiment.kind);
      if (before === experiment) continue;
      const { run } = this.address;
      const { kind, tiles } = experiment;
      this.post({
        type: 'experiment',
        run,
        experiment: experimentView(experiment, (error) => whyOf(error)),
      });
      tiles.forEach(({ trained }, tile) => {
        if (!trained?.state || trained === before?.tiles[tile]?.trained) return;
        for (const key of ['points', 'parameters'] as const) {
          for (const part of partsOf(trained.state[key]))
            this.post({ type: 'tile', run, kind, tile, key, ...part });
        }
      });
    }
    this.sent = { ...this.sent, experiments: sent };
  }

  private sendSearches(session: S): void {
    const search = (this.wantsLab && session.search) || null;
    if (search && search !== this.sent.search) {
      const { run } = this.address;
      this.post({ type: 'search', run, search: searchView(search, (error) => whyOf(error)) });
    }
    const comparison = (this.wantsLab && session.comparison) || null;
    if (comparison && comparison !== this.sent.comparison) {
      const view = comparisonView(comparison, (error) => whyOf(error));
      this.post({ type: 'comparison', run: this.address.run, comparison: view });
    }
    const crossValidation = (this.wantsLab && session.crossValidation) || null;
    if (crossValidation && crossValidation !== this.sent.crossValidation) {
      const view = foldsView(crossValidation, (error) => whyOf(error));
      this.post({ type: 'folds', run: this.address.run, folds: view });
    }
    this.sent = { ...this.sent, search, comparison, crossValidation };
  }

  private sendNumbers(key: NumbersKey, values: Float64Array): void {
    for (const part of partsOf(values)) this.post({ type: 'numbers', ...this.address, key, ...part });
  }

  private get address(): { readonly run: string; readonly version: number } {
    return { run: this.sent.run, version: this.version };
  }
}

/** Why something cannot be, as a sentence to show. */
export function whyOf(error: unknown): string {
  const why =
    error instanceof UserError ? textOf(error.said) : String(error instanceof Error ? error.message : error);
  return cut(why, 1000);
}
