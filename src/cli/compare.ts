import { baselinesOf, type Baselines } from '../core/baselines';
import { weightsHash } from '../runs/weightsHash';
import { MOST_TRAININGS } from '../settings/grid';
import type { SettingKey, Settings } from '../settings/settings';
import { Comparer, type CompareResult } from '../threads/compare';
import { foldScript } from '../threads/foldPool';
import type { Compared } from '../train/comparison';
import type { Summary } from '../train/compared';
import { mean } from '../train/halving';
import type { CompareAsked } from './compareOptions';
import * as compareText from './compareText';
import { printEdges } from './edgeChecks';
import { UsageError } from './errors';
import { onInterrupt } from './interrupt';
import { endProgress, print, printJson, printProgress, printTable } from './output';
import { atOnce, intervalOf, scores } from './scores';
import { keepFound, printHead, readToSearch, threadsToSearch, type Keeping } from './search';
import * as text from './text';

export interface CompareOptions {
  readonly asked: CompareAsked;
  readonly json: boolean;
  /** The settings that were named besides. */
  readonly given: readonly SettingKey[];
  readonly keeping: Keeping;
}

/** `compare FILE`: compares settings on the same folds with the same seeds. Returns the exit status: 2 where none could be trained. */
export async function compare(
  file: string,
  settings: Settings,
  { asked, given, json, keeping }: CompareOptions,
): Promise<number> {
  const from = performance.now();
  const { candidates, keys, seeds } = asked;
  const { checked, tableHash } = await readToSearch(file, settings, keeping);
  const comparer = new Comparer({
    ...{ checked, settings, candidates, seeds, script: foldScript(__dirname) },
    threads: threadsToSearch(settings),
    planned: (seconds) => tellPlan(seconds),
    compared: (compared) => tellCompared(compared),
  });
  const { dataset, isRegression, folds, trainings } = comparer;
  if (trainings > MOST_TRAININGS) {
    comparer.cancel();
    throw new UsageError(compareText.tooManyTrainingsText(candidates.length, seeds, folds, MOST_TRAININGS));
  }
  const interrupt = onInterrupt(() => comparer.cancel());
  try {
    if (!json) printHead(file, dataset);
    const result = await comparer.compare();
    const seconds = (performance.now() - from) / 1000;
    if (!json) endProgress();
    const { run } = result;
    const baselines = run && atOnce(baselinesOf(run.dataset, settings['training.seed']));
    if (json) printEdges(result.edges, settings, json);
    if (json) printJson(comparedEvent(result, baselines, seconds));
    else printResult(result);
    if (run && !json) {
      const measure = run.measure();
      if (baselines)
        print(
          text.baselinesText(measure, baselines, run.dataset, intervalOf(run, settings['training.seed'])),
        );
      print(text.endText(run.diverged !== null, text.measureText(measure, run.epochs, isRegression)));
    }
    const found = result.adoptedSettings ?? {};
    await keepFound(keeping, run, { tableHash, baselines, given, found }, json);
    run?.dispose();
    return result.best !== null || interrupt.wasCancelled ? 0 : 2;
  } finally {
    // Its threads would keep the program from ending.
    comparer.cancel();
    interrupt.end();
  }

  function tellPlan(seconds: number) {
    if (json)
      printJson({
        ...{ event: 'plan', settings: candidates.length, seeds, folds, trainings, rows: comparer.rows },
        seconds,
      });
    else print(compareText.planText(candidates.length, seeds, folds, seconds));
  }

  function tellCompared({ candidate, results }: Compared) {
    const score = mean(results.flat().map((each) => each.score));
    if (!json) printProgress(compareText.comparedText(candidates[candidate], score));
    else
      printJson({
        event: 'candidate',
        settings: candidates[candidate],
        metric: isRegression ? 'r2' : 'accuracy',
        scores: results.map((ofSeed) => ofSeed.map((each) => finite(each.score))),
        losses: results.map((ofSeed) => ofSeed.map((each) => finite(each.loss))),
      });
  }

  function summaryJson({ candidate, score, loss, overSeeds, overFolds, toBest }: Summary) {
    return {
      settings: candidates[candidate],
      ...{ score: finite(score), loss: finite(loss) },
      ...{ deviationOverSeeds: seeds > 1 ? finite(overSeeds) : null, deviationOverFolds: finite(overFolds) },
      toBest: toBest && { mean: finite(toBest.mean), deviation: finite(toBest.deviation) },
    };
  }

  function comparedEvent(
    { summaries, best, adopted, adoptedSettings, edges, run }: CompareResult,
    baselines: Baselines | null,
    seconds: number,
  ) {
    const measure = run?.measure();
    const none = isRegression ? { trainR2: null, testR2: null } : { trainAccuracy: null, testAccuracy: null };
    return {
      event: 'compared',
      metric: isRegression ? 'r2' : 'accuracy',
      compared: summaries.map(summaryJson),
      best: best === null ? null : candidates[best],
      atTheEdge: edges.map(({ key, edge }) => ({ key, edge })),
      adopted: adopted === null ? null : adoptedSettings,
      ...(measure ? scores(isRegression, measure) : none),
      interval: run && intervalOf(run, settings['training.seed']),
      baselines: baselines && {
        guess: scores(isRegression, baselines.guess),
        line: scores(isRegression, baselines.line),
      },
      ...(interrupt.wasCancelled && { cancelled: true }),
      seconds,
      weightsHash: run && weightsHash(run.parameters(), run.trainer.engine),
    };
  }

  function printResult({ summaries, best, adopted, adoptedSettings, edges, run }: CompareResult) {
    if (best === null || adopted === null || !adoptedSettings) {
      print(text.nothingFoundText(interrupt.wasCancelled));
      return;
    }
    const sorted = [...summaries].sort((a, b) => a.loss - b.loss || a.candidate - b.candidate);
    printTable([
      compareText.comparedHeads(keys, isRegression),
      ...sorted.map((summary) =>
        compareText.comparedCells(candidates[summary.candidate], keys, summary, seeds),
      ),
    ]);
    printEdges(edges, settings, json);
    print(compareText.adoptedText(adoptedSettings));
    if (!run) print(text.cancelledText);
  }
}

/** Infinity and NaN, of what could not be trained, are null. */
const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
