import { baselinesOf, type Baselines } from '../core/baselines';
import { weightsHash } from '../runs/weightsHash';
import { decimal } from '../settings/written';
import type { SettingKey, Settings } from '../settings/settings';
import { Finder, type FindLimit, type Found } from '../threads/find';
import { foldScript } from '../threads/foldPool';
import type { FoundCandidate } from '../train/found';
import { printEdges } from './edgeChecks';
import { UsageError } from './errors';
import { onInterrupt } from './interrupt';
import { endProgress, print, printJson, printProgress, printTable } from './output';
import { atOnce, intervalOf, scores } from './scores';
import { keepFound, printHead, readToSearch, threadsToSearch, type Keeping } from './search';
import * as text from './text';

const DEFAULT_SECONDS = 30;
/** Candidates that are shown beside the chosen one. */
const MOST_SHOWN = 10;

/** Throws UsageError for what is no number of seconds, or of candidates. */
export function limitOf(budget: string | undefined, candidates: string | undefined): FindLimit {
  if (budget !== undefined && candidates !== undefined) throw new UsageError(text.TWO_LIMITS);
  if (candidates !== undefined) {
    const count = decimal(candidates);
    if (count === undefined || !Number.isInteger(count) || count < 1)
      throw new UsageError(text.limitText('candidates', candidates, 'a whole number above 0'));
    return { kind: 'candidates', candidates: count };
  }
  const seconds = budget === undefined ? DEFAULT_SECONDS : decimal(budget);
  if (seconds === undefined || !(seconds > 0))
    throw new UsageError(text.limitText('budget', budget ?? '', 'a number of seconds above 0'));
  return { kind: 'seconds', seconds };
}

export interface FindOptions {
  /** The settings that were named: they stay as they are. */
  readonly given: readonly SettingKey[];
  readonly json: boolean;
  readonly limit: FindLimit;
  readonly keeping: Keeping;
}

/** `find FILE`: looks for a good network, and reports while it does. Returns the exit status: 2 where nothing can be found. */
export async function find(
  file: string,
  settings: Settings,
  { given, json, limit, keeping }: FindOptions,
): Promise<number> {
  const from = performance.now();
  const { checked, tableHash } = await readToSearch(file, settings, keeping);
  const tried: FoundCandidate[] = [];
  const finder = new Finder({
    ...{ checked, settings, limit, script: foldScript(__dirname) },
    fixed: new Set(given.filter((key) => settings[key] !== 'auto')),
    threads: threadsToSearch(settings),
    tried: (candidate) => {
      tried.push(candidate);
      if (json) printJson(candidateEvent(candidate, finder.isRegression));
      else printProgress(text.candidateText(candidate));
    },
  });
  const { dataset, isRegression } = finder;
  const interrupt = onInterrupt(() => finder.cancel());
  try {
    if (!json) printHead(file, dataset);
    const found = await finder.find();
    const seconds = (performance.now() - from) / 1000;
    if (!json) endProgress();
    const run = found?.run ?? null;
    const baselines = run && atOnce(baselinesOf(run.dataset, settings['training.seed']));
    if (json && found) printEdges(found.edges, settings, json);
    if (json) printJson(foundEvent(found, baselines, interrupt.wasCancelled, seconds, finder));
    else printFound(found, baselines, interrupt.wasCancelled);
    await keepFound(keeping, run, { tableHash, baselines, given, found: found?.settings ?? {} }, json);
    run?.dispose();
    return found || interrupt.wasCancelled ? 0 : 2;
  } finally {
    // Its threads would keep the program from ending.
    finder.cancel();
    interrupt.end();
  }

  function printFound(found: Found | null, baselines: Baselines | null, cancelled: boolean) {
    if (!found) {
      print(text.nothingFoundText(cancelled));
      return;
    }
    print(text.searchedText(found.candidates, found.rows, finder.folds, dataset.train.length));
    const best = [...tried].sort((a, b) => b.folds - a.folds || a.loss - b.loss).slice(0, MOST_SHOWN);
    const shownOnes = best.some(({ index }) => index === found.index) ? best : [found, ...best];
    printTable([text.CANDIDATE_HEADS, ...shownOnes.map((each) => text.candidateCells(each))]);
    print(text.chosenText(found, isRegression));
    const { run } = found;
    if (run) {
      const measure = run.measure();
      const interval = intervalOf(run, settings['training.seed']);
      if (baselines) print(text.baselinesText(measure, baselines, run.dataset, interval));
      print(text.endText(run.diverged !== null, text.measureText(measure, run.epochs, isRegression)));
    } else print(text.cancelledText);
    printEdges(found.edges, settings, json);
    print(text.settingsText(found.settings));
  }
}

/** Infinity and NaN, of what could not be trained, are null. */
const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

const candidateEvent = (candidate: FoundCandidate, isRegression: boolean) => ({
  event: 'candidate',
  settings: candidate.settings,
  metric: isRegression ? 'r2' : 'accuracy',
  mean: finite(candidate.mean),
  deviation: finite(candidate.deviation),
  loss: finite(candidate.loss),
  folds: candidate.folds,
  parameters: candidate.parameters,
});

function foundEvent(
  found: Found | null,
  baselines: Baselines | null,
  wasCancelled: boolean,
  seconds: number,
  finder: Finder,
) {
  const { isRegression } = finder;
  const cancelled = wasCancelled ? { cancelled: true } : {};
  if (!found)
    return {
      event: 'found',
      settings: {},
      mean: null,
      deviation: null,
      candidates: 0,
      ...cancelled,
      seconds,
    };
  const { event: _event, ...candidate } = candidateEvent(found, isRegression);
  const { run } = found;
  const measure = run?.measure();
  const none = isRegression ? { trainR2: null, testR2: null } : { trainAccuracy: null, testAccuracy: null };
  const seed = run?.settings['training.seed'] ?? 0;
  return {
    event: 'found',
    ...candidate,
    candidates: found.candidates,
    rows: found.rows,
    ...(measure ? scores(isRegression, measure) : none),
    interval: run && measure ? intervalOf(run, seed) : null,
    baselines: baselines && {
      guess: scores(isRegression, baselines.guess),
      line: scores(isRegression, baselines.line),
    },
    ...cancelled,
    seconds,
    weightsHash: run && weightsHash(run.parameters(), run.trainer.engine),
  };
}
