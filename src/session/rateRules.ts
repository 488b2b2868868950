import type { RateRule } from '../core/schedule';
import type { Settings } from '../settings/settings';
import type { Mark } from '../train/marks';

const keys = [
  ...(['training.learningRate', 'training.learningRateSchedule'] as const),
  ...(['training.learningRateDecay', 'training.learningRateStep'] as const),
];
type Acting = Pick<Settings, (typeof keys)[number]>;

/**
 * What the learning rate of a training followed, from the settings that act now and its marks. A mark of an earlier
 * version does not say what was edited: what came before it is not known.
 * @param automatic what `auto` stands for
 */
export function rateRules(acting: Acting, automatic: number, marks: readonly Mark[]): RateRule[] {
  const rules: RateRule[] = [];
  let settings = acting;
  let from = Infinity;
  const actedFrom = (epoch: number) => {
    // What was trained beyond the epoch that a training went back to has been given up.
    if (epoch < from) rules.push(ruleOf(settings, automatic, epoch));
    from = Math.min(from, epoch);
  };
  for (const mark of marks.toReversed()) {
    actedFrom(mark.epoch);
    if (mark.kind === 'note') return rules.reverse();
    if (mark.kind === 'edit') settings = before(settings, mark);
  }
  actedFrom(0);
  return rules.reverse();
}

/** The settings before an edit. */
function before(settings: Acting, { changes }: Mark & { kind: 'edit' }): Acting {
  const ours = changes.filter(({ key }) => keys.some((each) => each === key));
  if (ours.length === 0) return settings;
  return { ...settings, ...Object.fromEntries(ours.map((change) => [change.key, change.before])) };
}

function ruleOf(settings: Acting, automatic: number, epoch: number): RateRule {
  const rate = settings['training.learningRate'];
  return {
    epoch,
    rate: rate === 'auto' ? automatic : rate,
    schedule: settings['training.learningRateSchedule'],
    decay: settings['training.learningRateDecay'],
    every: settings['training.learningRateStep'],
  };
}
