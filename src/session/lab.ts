import { areValues, EXPERIMENTS, variantsOf, type ExperimentKind, type Variant } from '../core/experiments';
import { message } from '../data/message';
import { UserError } from '../data/userError';
import { picturesKey } from '../runs/picturesKey';
import { settingKeys, type SettingKey, type Settings } from '../settings/settings';
import type { Trained } from '../train/questions';
import { Emitter, type Disposable } from './emitter';
import type { SettingsComparison } from './comparing';
import type { CrossValidation } from './crossValidating';
import type { Search } from './finding';
import type { Session } from './session';

/** One of the variants, and how far it is; null: it waits for its turn, or was never trained. */
export interface Tile {
  readonly variant: Variant;
  readonly settings: Settings;
  /** The epoch at which it is done. */
  readonly epochs: number;
  readonly trained: Trained | null;
}

/** An experiment on a run's data, as it stands. A tile that has moved is another object. */
export interface Experiment {
  readonly kind: ExperimentKind;
  /** Names the data: runs with equal ones have the same examples. */
  readonly data: string;
  readonly values: readonly number[];
  readonly status: 'running' | 'done' | 'cancelled' | 'failed';
  /** Why it failed. */
  readonly error: unknown;
  readonly tiles: readonly Tile[];
}

const ASKER = 'lab';

/** The last experiments on a file, one of each kind, the last search, comparison and cross-validation: what the labs of its runs have in common. */
export interface Found {
  readonly experiments: Map<ExperimentKind, Experiment>;
  search: Search | null;
  comparison: SettingsComparison | null;
  crossValidation: CrossValidation | null;
}
export const nothingFound = (): Found => ({
  experiments: new Map(),
  search: null,
  comparison: null,
  crossValidation: null,
});

/**
 * The experiments on the data of a run: its settings as they are now, with what a variant changes, each trained from the
 * beginning. One is under way at a time; it ends with the run. What it has found stays, for a later run on the same data
 * too.
 */
export class Lab implements Disposable {
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly session: Session,
    private readonly found: Found = nothingFound(),
  ) {}

  get experiments(): readonly Experiment[] {
    const { data } = this;
    return EXPERIMENTS.flatMap((kind) => {
      const experiment = this.found.experiments.get(kind);
      return experiment && experiment.data === data ? [experiment] : [];
    });
  }

  get isRunning(): boolean {
    return this.experiments.some(({ status }) => status === 'running');
  }

  /**
   * Trains the variants; resolves when they are over, or were ended. Throws UserError at once, before there is anything to
   * wait for, where the values cannot be used or there is nothing to train on.
   */
  start(kind: ExperimentKind, values: readonly number[]): Promise<void> {
    const { data } = this;
    const { network, settings, plain } = this.session;
    if (!areValues(kind, values)) throw new UserError(message('nothing-to-compare', {}));
    if (!network || data === null) throw new UserError(message('cannot-go-back', { why: 'no weights' }));
    this.end();
    const tiles = variantsOf(kind, values, network.output).map((variant) => ({
      variant,
      settings: { ...settings, ...variant.changes } as Settings,
      epochs: plain['training.epochs'],
      trained: null,
    }));
    return this.train({ kind, data, values, status: 'running', error: null, tiles });
  }

  /** Ends what is under way. */
  end(): void {
    this.session.unask(ASKER);
    for (const [kind, experiment] of this.found.experiments) {
      if (experiment.status === 'running')
        this.found.experiments.set(kind, { ...experiment, status: 'cancelled' });
    }
    this.changed.fire();
  }

  /** The settings of a variant that differ from those that hold for the file. Throws UserError when there is no such variant. */
  changesOf(kind: ExperimentKind, index: number, today: Settings): Partial<Record<SettingKey, unknown>> {
    const tile = this.found.experiments.get(kind)?.tiles[index];
    if (!tile) throw new UserError(message('nothing-to-compare', {}));
    const differing = settingKeys.filter(
      (key) => !key.startsWith('view.') && !same(tile.settings[key], today[key]),
    );
    return Object.fromEntries(differing.map((key) => [key, tile.settings[key]]));
  }

  /** The settings that a variant is there for. */
  variedBy(kind: ExperimentKind, index: number): SettingKey[] {
    const changes = this.found.experiments.get(kind)?.tiles[index]?.variant.changes ?? {};
    return settingKeys.filter((key) => key in changes);
  }

  dispose(): void {
    this.changed.dispose();
  }

  private async train(begun: Experiment): Promise<void> {
    const { at } = this.beginning(begun);
    try {
      const variants = begun.tiles.map((tile) => tile.settings);
      const answer = await this.session.ask({ kind: 'experiment', variants }, ASKER, (_, near) =>
        at((now) => ({ ...now, tiles: withMoved(now.tiles, near?.trained ?? []) })),
      );
      at((now) => ({ ...now, status: answer ? 'done' : 'cancelled' }));
    } catch (error) {
      at((now) => ({ ...now, ...(isEndOf(error) ? { status: 'cancelled' } : { status: 'failed', error }) }));
    }
  }

  private get data(): string | null {
    const { fileHash, settings } = this.session;
    return fileHash === null ? null : picturesKey(fileHash, settings);
  }

  /** Takes up what comes of an experiment for as long as no other of its kind has begun. */
  private beginning(begun: Experiment): { at(next: (now: Experiment) => Experiment): void } {
    let latest = begun;
    const put = (experiment: Experiment) => {
      latest = experiment;
      this.found.experiments.set(begun.kind, experiment);
      this.changed.fire();
    };
    put(begun);
    return {
      at: (next) => {
        if (this.found.experiments.get(begun.kind) === latest && latest.status === 'running')
          put(next(latest));
      },
    };
  }
}

function withMoved(tiles: readonly Tile[], moved: readonly Trained[]): readonly Tile[] {
  return tiles.map((tile, k) => {
    const trained = moved.findLast(({ index }) => index === k);
    return trained ? { ...tile, trained } : tile;
  });
}

/** Whether the trainer has gone to another run, or was let go of. */
export const isEndOf = (error: unknown): boolean =>
  error instanceof UserError && error.said.code === 'cannot-go-back' && error.said.args.why === 'no trainer';

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
