import { signal, type Signal } from '@preact/signals';
import * as v from 'valibot';
import type { LiveView } from '../../src/protocol/lensViews';
import type { RunSignals, SampleView } from '../store';
import { firstAxes, numbersFirst, rankedFeatures } from './association';
import { byInfluence, influence } from './influence';

/** What features are ranked by: what each tells of the target, or what it does to the network's output. */
const by = v.picklist(['target', 'network']);

/** The features, those first that are to be looked at first. */
export interface Ranking {
  readonly uri: string;
  /** The run that was opened. */
  readonly run: string;
  readonly by: v.InferOutput<typeof by>;
  readonly features: readonly number[];
}

/** The axes that nobody has chosen, and why it is these. */
export const givenAxes = v.object({ axes: v.tuple([v.number(), v.number()]), by, run: v.string() });
export type GivenAxes = v.InferOutput<typeof givenAxes>;

/** Whether the axes are those that a Lens began with. */
export const isGiven = (given: GivenAxes | undefined, [across, up]: readonly [number, number]): boolean =>
  given?.axes[0] === across && given.axes[1] === up;

/**
 * Ranks the features when a run is opened: by the network where it has learned and rests; while it trains, and before it
 * has learned anything, by the target. What is there for the file stays until then, so that no picture jumps.
 * @param present what there is, of whatever file
 */
function rankingAtOpening(run: RunSignals, sample: SampleView, present: Ranking | null): Ranking {
  const { id } = run;
  const { uri, network, dataset } = run.view.peek();
  const nx = sample.X.rows;
  const parameters = run.parameters.peek();
  const fits = network?.sizes[0] === nx && sample.order.length > 0;
  if (fits && parameters && isRestingAfter(run.live.peek(), run.measure.peek()?.epoch ?? 0)) {
    return { uri, run: id, by: 'network', features: byInfluence(influence(network, parameters, sample)) };
  }
  if (present?.uri === uri && present.features.length === nx) return present;
  return { uri, run: id, by: 'target', features: rankedFeatures(sample, dataset?.task !== 'regression') };
}

const isRestingAfter = ({ status }: LiveView, epoch: number): boolean =>
  epoch > 0 && (status === 'finished' || status === 'paused' || status === 'stopped');

/** The two features that a ranking begins with, numbers rather than flags and categories. */
function axesOf({ by: reason, run, features }: Ranking, sample: SampleView): GivenAxes {
  const ranked = reason === 'network' ? numbersFirst(features, sample) : features;
  return { axes: firstAxes(sample, ranked), by: reason, run };
}

/** Why it is these features: those that …. */
export function whyThese({ by: reason, run }: Pick<Ranking, 'by' | 'run'>, shown: string): string {
  if (reason === 'target') return 'tell most of the target';
  return run === shown ? 'matter most to the network' : 'mattered most to the network of another run';
}

/** The features that a Lens begins with: decided as a run is opened, and from then on only by the person. */
export class FirstLook {
  /** The axes that a Lens began with on the file, kept to know them from chosen ones. */
  readonly given = signal<GivenAxes | undefined>(undefined);
  readonly ranking = signal<Ranking | null>(null);
  /** Whether a run has just come, and is not there whole yet. */
  private isOpening = false;

  constructor(private readonly axes: Signal<readonly [number, number]>) {}

  /** Another run comes. */
  begin(): void {
    this.isOpening = true;
  }

  /** @param isOther whether the axes were those of another file */
  fitTo(run: RunSignals, sample: SampleView, isOther: boolean): void {
    if (!isOther && !this.isOpening) return;
    this.isOpening = run.parameters.value === null;
    const ranking = rankingAtOpening(run, sample, this.ranking.peek());
    this.ranking.value = ranking;
    const given = this.given.peek();
    const isBetter = ranking.by === 'network' && given?.by === 'target';
    if (!isOther && !(isBetter && isGiven(given, this.axes.peek()))) return;
    this.given.value = axesOf(ranking, sample);
    this.axes.value = this.given.value.axes;
  }
}
