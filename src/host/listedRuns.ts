import { whole } from '../core/format';
import type { Transform } from '../data/transform';
import { wilson, type Interval } from '../core/intervals';
import { bestEpoch } from '../session/bestEpoch';
import { runGroups, type Rankable } from '../session/runGroups';
import type { Session } from '../session/session';
import type { OtherRun } from '../session/shown';
import { dataKeys } from '../settings/settings';
import { differences, trainedWith } from './trainingText';

/** The runs of a file as the Lens of one of them lists them. What only the list looks at is found when it does. */
export function listedRuns(runs: readonly Session[], shown: Session): OtherRun[] {
  let ranked: ReturnType<typeof runGroups> | undefined;
  const rankedAt = (k: number) => (ranked ??= runGroups(runs.map(rankable), rankable(shown)))[k];
  return runs.map((run, k) => {
    const { id, label, startedAt, status, epochs, measure, points, chosen, baselines } = run;
    return {
      ...{ id, startedAt, status, epochs, measure, points, chosen, baselines },
      ...{ name: label.name ?? '', note: label.note ?? '', starred: label.starred ?? false },
      picked: label.picked ?? false,
      get differences() {
        if (run === shown) return [];
        const branch = run.branchedAt === null ? [] : [`branched at epoch ${whole(run.branchedAt)}`];
        return [...branch, ...differences(run.plain, shown.plain)];
      },
      get trainedWith() {
        return trainedWith(run.plain);
      },
      get network() {
        return hasDataOf(run, shown) ? run.network : null;
      },
      get parameters() {
        return run.parameters;
      },
      get ranked() {
        return rankedAt(k);
      },
      get best() {
        return bestEpoch(run);
      },
      get interval() {
        // Those that can be ranked have the same test part.
        const dataset = run.dataset ?? (rankedAt(k).group === 0 ? shown.dataset : null);
        return intervalOf(run, dataset);
      },
    };
  });
}

const rankable = ({ fileHash, targetName, dataset, record, settings }: Session): Rankable => ({
  ...{ fileHash, targetName, settings },
  task: dataset?.task ?? record?.task ?? null,
});

/** What the features follow from besides the file, and what they mean to the output. */
const featureKeys = dataKeys.filter(
  (key) => key !== 'training.classWeights' && key !== 'training.engine' && key !== 'data.target',
);

/** A transform as text, which is made once: it is asked for with each frame. */
const texts = new WeakMap<Transform, string>();
function textOf(transform: Transform | null): string {
  if (!transform) return '';
  const text = texts.get(transform) ?? JSON.stringify(transform);
  texts.set(transform, text);
  return text;
}

/** Whether two runs have the same features, scaled alike, and the same target. */
const hasDataOf = (run: Session, shown: Session): boolean =>
  run.fileHash !== null &&
  run.fileHash === shown.fileHash &&
  run.targetName === shown.targetName &&
  // What goes on from a model keeps its scales.
  textOf(run.transform) === textOf(shown.transform) &&
  featureKeys.every((key) => JSON.stringify(run.settings[key]) === JSON.stringify(shown.settings[key]));

/** Where the test score lies with 95 %; null where that is not known. */
function intervalOf({ measure, sure }: Session, dataset: Session['dataset']): Interval | null {
  if (!measure || measure.testScore === null) return null;
  if (sure?.epoch === measure.epoch && sure.interval) return sure.interval;
  const isPlain = dataset && dataset.task !== 'regression' && dataset.partsBy !== 'groups';
  return isPlain && dataset.testRows > 0 ? wilson(measure.testScore, dataset.testRows) : null;
}
