import { baselinesOf } from '../core/baselines';
import { rootMeanSquaredError } from '../core/metrics';
import type { Network } from '../core/network';
import type { Measure } from '../core/trainer';
import { makeDataset } from '../data/dataset';
import { idleSettings } from '../data/idleSettings';
import { mutedInVain } from '../data/mutedInVain';
import { readOptionsOf } from '../data/csv/readOptions';
import { Problems } from '../data/problems';
import { adviseSplit } from '../data/table/splitAdvice';
import { FEWEST_ROWS_TO_SPLIT } from '../data/table/split';
import { splitQuestions } from '../data/table/splitQuestions';
import { checkTable } from '../data/table/check';
import { weightsHash } from '../runs/weightsHash';
import { optionName } from '../settings/commandLine';
import { decimal } from '../settings/written';
import { leftToBeFound } from '../settings/automatic';
import type { SettingKey, Settings } from '../settings/settings';
import { aucText } from '../sentences/baselines';
import { resolveThreads } from '../threads/cores';
import { ownMachine } from '../threads/machine';
import { helperScript, startHelpers } from '../threads/pool';
import type { Folds, FoldScore } from '../core/folds';
import { TrainingRun, type Step } from '../train/run';
import { checksOf } from './checks';
import { continued, type Continuing } from './continued';
import { UsageError } from './errors';
import { foldEvent, foldsFor, foldsJson, printFolds, trainOnFolds } from './folds';
import { inputName, readInput } from './input';
import { endProgress, print, printError, printJson, printProgress, shown } from './output';
import { readParameters } from './parameters';
import { atOnce, aucOf, intervalOf, scores } from './scores';
import { mustBeSavable, saveModel, type Saving } from './save';
import { saveRun, type RunSaving } from './saveRun';
import * as text from './text';

/** An epoch is interrupted this often. */
const SLICE_MS = 200;

/** What the command line says besides the settings. */
export interface TrainOptions {
  /** The settings that were named. */
  readonly given: readonly SettingKey[];
  readonly json: boolean;
  readonly reportEvery: string | undefined;
  readonly initialParameters: string | undefined;
  /** The folds that are to be trained on besides. */
  readonly folds: Folds | null;
  readonly saving: Saving | undefined;
  readonly savingRun: RunSaving | undefined;
  /** The model that is trained further, under its own settings. */
  readonly from: Continuing | undefined;
}

/** `train FILE`: trains, and reports while it does. Returns the exit status: 1 when the training diverged. */
export async function train(file: string, settings: Settings, options: TrainOptions): Promise<number> {
  const { given, json, reportEvery: every, initialParameters: initial, folds: asked } = options;
  const { saving, savingRun, from } = options;
  if (asked && initial !== undefined) throw new UsageError(text.FOLDS_WITH_PARAMETERS);
  const epochsApart = every === undefined ? 0 : decimal(every);
  if (epochsApart === undefined || !Number.isInteger(epochsApart) || epochsApart < 0 || every === '0') {
    throw new UsageError(text.reportEveryText(every ?? ''));
  }
  if (saving) mustBeSavable(saving);
  const { checked, dataset, tableHash, questions, goesOn } = from
    ? await goingOn(file, from)
    : await fresh(file, settings, asked !== null, (saving ?? savingRun) !== undefined);
  // What is trained further has no folds: their weights would begin without the model's.
  const folds = from ? null : foldsFor(asked, dataset, settings);
  const threads = {
    count: resolveThreads(settings['training.threads'], 0),
    start: startHelpers(helperScript(__dirname)),
    machine: ownMachine(printError),
  };
  const start =
    initial !== undefined ? (network: Network) => readParameters(initial, network) : goesOn?.start;
  const run = new TrainingRun(dataset, settings, start, threads);
  const reportEvery = epochsApart || Math.max(1, Math.round(run.epochs / 10));
  const regression = dataset.task === 'regression';
  const line = (m: Measure) => text.measureText(m, run.epochs, regression);
  const report = (m: Measure) => {
    if (json) printJson({ event: 'cost', epoch: m.epoch, ...scores(regression, m) });
    else printProgress(line(m));
  };

  const facts = {
    isRegression: regression,
    trainRows: dataset.train.length,
    testRows: dataset.test.length,
    partsBy: dataset.partsBy,
    hasOwnParameters: initial !== undefined,
  };
  const idle = [...idleSettings(settings, run.automatic, given, facts), ...mutedInVain(settings)];
  if (json) {
    printJson({
      event: 'dataset',
      rows: dataset.train.length + dataset.test.length,
      features: dataset.features.map(({ name }) => name),
      target: dataset.target,
      targetReason: text.textOf(dataset.targetReason),
      task: dataset.task,
      taskReason: text.textOf(dataset.taskReason),
      classes: regression ? null : dataset.classes,
      skippedRows: dataset.skippedRows,
      ...(goesOn && { continuedFrom: goesOn.start.epoch, sameFile: goesOn.isSameFile }),
      ...(idle.length > 0 && {
        idleSettings: idle.map((each) => ({ option: optionName(each.args.key), message: text.textOf(each) })),
      }),
    });
  } else {
    print(text.datasetText(inputName(file), dataset));
    print(text.networkText(shown(dataset.target), dataset, run.network));
    if (goesOn) print(text.continuedText(goesOn.start.epoch, goesOn.isSameFile));
    const found = text.automaticText(leftToBeFound(settings), run.automatic, dataset);
    if (found !== '') print(found);
    [...dataset.notices, ...idle].forEach((notice) => print(text.textOf(notice)));
  }

  if (from && run.trainer.engine !== from.model.training.engine)
    printError(text.otherEngineText(from.model.training.engine, run.trainer.engine));

  report(run.measure());
  let seconds = 0;
  let outcome: Step = 'epoch';
  while (run.epoch < run.epochs && outcome === 'epoch') {
    const from = performance.now();
    const until = Math.min(run.epochs, (Math.floor(run.epoch / reportEvery) + 1) * reportEvery);
    while (run.epoch < until && (outcome === 'epoch' || outcome === 'more')) {
      const slice = performance.now();
      outcome = run.step(
        () => performance.now() - slice > SLICE_MS,
        // The checks go by the curve, which is kept where somebody hears of its points.
        () => undefined,
        until - run.epoch,
      );
      // A thread that has died is only heard of in between.
      if (outcome === 'more') await new Promise((resolve) => setImmediate(resolve));
    }
    seconds += (performance.now() - from) / 1000;
    if (outcome !== 'diverged') report(run.measure());
  }
  const byValidation = settings['training.earlyStopping.patience'] === 'auto';
  const last = run.measure();
  const { engine } = run.trainer;
  const hash = weightsHash(run.parameters(), engine);
  const penalty = run.penalty();
  const baselines = atOnce(baselinesOf(dataset, settings['training.seed']));
  const interval = intervalOf(run, settings['training.seed']);
  const auc = aucOf(run, settings['training.seed']);
  const tellFold = (found: FoldScore) => {
    if (json) printJson(foldEvent(found, regression));
    else if (asked) print(text.foldText(found, asked, regression));
  };
  if (!json) endProgress();
  const ofFolds = folds && (await trainOnFolds(checked, settings, dataset, folds, threads, tellFold));
  const why = text.reasonText(leftToBeFound(settings), run.automatic, dataset);
  const advice = new Problems();
  if (last.testScore !== null) adviseSplit(questions, advice);
  const flattering = advice.list.filter(({ code }) => !settings['data.mutedChecks'].includes(code));
  const checks = checksOf(run, baselines, [...checked.table.problems.list, ...advice.list]);
  if (json) {
    checks.forEach((check) => printJson({ event: 'check', ...check }));
    printJson({
      event: 'done',
      status: run.diverged ? 'diverged' : 'finished',
      epochs: run.epoch,
      ...(outcome === 'stoppedEarly' && {
        stoppedEarly: true,
        stoppedBy: byValidation ? 'validation' : 'test',
      }),
      ...(run.diverged && { diverged: run.diverged }),
      ...(penalty > 0 && { penalty }),
      ...(flattering.length > 0 && {
        advice: flattering.map((problem) => ({ code: problem.code, message: text.textOf(problem) })),
      }),
      ...scores(regression, last),
      // Of the test score, with 95 %.
      interval,
      ...(auc && { testAuc: auc.value, aucInterval: auc.interval }),
      baselines: baselines && {
        guess: scores(regression, baselines.guess),
        line: scores(regression, baselines.line),
        lineRows: baselines.lineRows,
        lineIsBest: baselines.lineIsBest,
      },
      ...(ofFolds && { folds: foldsJson(ofFolds) }),
      // What each setting stood for that was left to be found.
      auto: Object.fromEntries(leftToBeFound(settings).map((key) => [key, run.automatic[key]])),
      ...(why !== '' && { autoReason: why }),
      seconds,
      engine,
      // How this machine computed it: the only thing here, with the seconds, that may differ on another.
      lanes: run.trainer.lanes,
      weightsHash: hash,
    });
  } else {
    if (run.diverged) print(text.textOf({ code: 'diverged', args: run.diverged }));
    if (outcome === 'stoppedEarly') print(text.stoppedEarlyText(run.epoch, byValidation));
    if (penalty > 0) print(text.penaltyText(penalty));
    if (regression) {
      const error = rootMeanSquaredError(last.trainCost, dataset.targetScale);
      print(text.errorText(error, shown(dataset.target)));
    }
    flattering.forEach((problem) => print(text.textOf(problem)));
    if (baselines) print(text.baselinesText(last, baselines, dataset, interval));
    if (auc) print(aucText(auc));
    if (ofFolds) printFolds(ofFolds, asked !== null, settings);
    text.checksText(checks).forEach(print);
    print(text.endText(run.diverged !== null, line(last)));
    print(text.summaryText(run.learningRate, seconds, engine, hash));
  }
  // First, as the model may be that of another epoch; where it fails, the model is written all the same.
  const failed =
    savingRun &&
    (await keepRun(savingRun).then(
      () => null,
      (error: unknown) => ({ error }),
    ));
  if (saving && run.diverged) printError(text.NOT_SAVED);
  else if (saving) {
    // Of another file nobody has looked at a test score yet.
    const isChosen = goesOn?.isSameFile && from?.model.training.chosenByTest;
    const facts = { tableHash, baselines, ...(isChosen && { chosenByTest: isChosen }) };
    const epoch = await saveModel(saving, run, facts);
    if (json) printJson({ event: 'saved', file: saving.file, epoch });
    else print(text.savedText(saving.file, epoch));
  }
  run.dispose();
  if (failed) throw failed.error;
  return run.diverged ? 1 : 0;

  async function keepRun(to: RunSaving) {
    const id = await saveRun(to, run, { given, tableHash, baselines, from });
    if (json) printJson({ event: 'run', id, folder: to.named });
    else print(text.savedRunText(id, to.named));
  }
}

/** The data set of a file for a training from the beginning. */
async function fresh(file: string, settings: Settings, hasFolds: boolean, wantsHash: boolean) {
  const { table, hash } = await readInput(file, readOptionsOf(settings), settings, wantsHash);
  const checked = checkTable(table, settings);
  const questions = splitQuestions(checked, settings);
  // Folds are made of its columns again.
  const keepsColumns = hasFolds || checked.usable.length < FEWEST_ROWS_TO_SPLIT;
  const dataset = makeDataset(checked, settings, { keepsColumns });
  return { checked, dataset, tableHash: hash, questions, goesOn: null };
}

/** The data set of a file for a training that goes on. */
async function goingOn(file: string, from: Continuing) {
  const goesOn = await continued(from, file);
  return { ...goesOn, goesOn };
}
