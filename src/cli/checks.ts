import { forward, forwardPass } from '../core/equations';
import { curvePoint, type CurvePoint } from '../core/history';
import { matrix } from '../core/matrix';
import { unflatten } from '../core/network';
import type { Baselines } from '../core/baselines';
import { bySeverity, runFindings, type Severity } from '../core/verdicts/runChecks';
import { checkFindings } from '../core/verdicts/checks';
import { unitFindings, unitVerdicts } from '../core/verdicts/unitVerdicts';
import type { Problem } from '../data/problems';
import { partsOfCheck } from '../data/tableCheckSentences';
import { checkAdvice, checkText } from '../sentences/checks';
import type { SettingKey } from '../settings/settings';
import { lookAtModel } from '../train/modelLook';
import { lookAtRows } from '../train/rowLook';
import type { TrainingRun } from '../train/run';
import { sampleOf } from '../train/sample';
import { atOnce } from './scores';
import { settingName } from './text';

/** What a check has found, as it is printed. */
export interface CheckLine {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly remedy: string;
}

/**
 * What the checks find of a training that is over, what weighs more first, without those that are muted.
 * @param ofTable problems of the table and its split: those that are checks of the model as well
 */
export function checksOf(
  run: TrainingRun,
  baselines: Baselines | null,
  ofTable: readonly Problem[],
): CheckLine[] {
  const { dataset, network, settings, epoch } = run;
  const seed = settings['training.seed'];
  const parameters = unflatten(network, run.parameters());
  const { train, test, classes, task } = dataset;
  const found = runFindings({
    ...{ curve: curveOf(run), diverged: run.diverged, network },
    ...{ initialization: settings['model.initialization'], learningRate: run.learningRate },
    patience: run.plainOf(run.acting)['training.earlyStopping.patience'],
    patienceFound: run.automatic['training.earlyStopping.patience'],
    table: { isRegression: task === 'regression', trainRows: train.length, testRows: test.length, classes },
    rows: atOnce(lookAtRows(dataset, seed)),
    over: {
      ...{
        isAtEnd: epoch >= run.epochs,
        isBalanced: settings['training.classWeights'] === 'balanced',
        baselines,
      },
      model: run.diverged ? null : atOnce(lookAtModel(dataset, network, parameters, epoch, seed)),
    },
  });
  const muted = settings['data.mutedChecks'];
  const findings = checkFindings(
    found,
    run.diverged ? [] : ofUnits(run, seed),
    train.length + test.length,
    muted,
  );
  return bySeverity([
    ...findings.map((finding) => ({
      ...{ code: finding.finding.code, severity: finding.severity, message: checkText(finding) },
      remedy: checkAdvice(finding, (key) => settingName(key as SettingKey)),
    })),
    ...ofTable.filter(({ code }) => !muted.includes(code)).flatMap(ofProblem),
  ]);
}

/** The points that were kept, and how it ended. */
function curveOf(run: TrainingRun): CurvePoint[] {
  const { points } = run.history;
  return run.epoch > (points.at(-1)?.epoch ?? -1) ? [...points, curvePoint(run.measure())] : [...points];
}

function ofUnits(run: TrainingRun, seed: number) {
  const { network, dataset } = run;
  const sample = sampleOf(dataset, seed);
  const pass = forwardPass(network, matrix(network.sizes[0], sample.count, sample.X));
  const parameters = unflatten(network, run.parameters());
  forward(pass, parameters);
  return unitFindings(unitVerdicts(network, parameters, pass));
}

/** Those that are checks of the model as well. */
function ofProblem(problem: Problem): CheckLine[] {
  const parts = partsOfCheck(problem, settingName);
  if (!parts) return [];
  return [{ code: problem.code, severity: 'warning', message: parts.says, remedy: parts.remedy }];
}
