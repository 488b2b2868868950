// What bench/DEFAULTS.md says of the automatic settings: when a score is as good as another, and the tables of them.
import { machine } from './results.mjs';

/** A score counts as as good as another where it is lower by no more, on the mean. */
const AS_GOOD = 0.005;
/** It counts as below where it is lower by more. */
const BELOW = 0.01;

export const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** How much higher some scores are than others of the same seeds, on the mean, and the standard error of that. */
export function difference(these, those) {
  const each = these.map((score, k) => score - those[k]);
  const middle = mean(each);
  const squares = each.reduce((sum, d) => sum + (d - middle) ** 2, 0);
  const error = each.length < 2 ? 0 : Math.sqrt(squares / (each.length - 1) / each.length);
  return { mean: middle, error };
}

/** As good as the other, or not worse than chance alone would have it now and then. */
export const isAsGood = ({ mean, error }) => mean >= -Math.max(AS_GOOD, error);

/** Below the other, by so much that it is worth a word and that chance alone rarely does it. */
export const isBelow = ({ mean, error }) => mean < -BELOW && mean < -error;

export const scoresOf = (runs, name) => runs.map((run) => run[name]);
const beside = (runs, other) => difference(scoresOf(runs, 'automatic'), scoresOf(runs, other));

/** Three digits behind the point; no −0.000. */
export const digits = (value) =>
  value
    .toFixed(3)
    .replace(/^-(?=0\.000$)/, '')
    .replace('-', '−');
const signed = (value) => {
  const text = digits(value);
  return /^[−]|^0\.000$/.test(text) ? text : `+${text}`;
};
export const withError = ({ mean, error }) => `${signed(mean)} ± ${digits(error)}`;

export function introduction({ count, ours, theirs, rounds, fewRows }) {
  return [
    `The network that is found for a table where nothing is set, beside guessing, beside a straight line, and beside what scikit-learn has by default: test scores, accuracy or R², on the ${count} made tables of \`bench/tables.mjs\`. Half of them, \`choose\`, the rules were chosen on; the other half, \`judge\`, of the same kinds in other sizes and with other numbers, was looked at only after the rules were chosen; where it showed a fault, the rule was changed by the first half alone, and all figures taken anew.`,
    '',
    `- ${machine()}`,
    `- neuron-lens: ${ours}`,
    `- scikit-learn: ${theirs}`,
    '',
    `All are trained on the same rows and features, scaled as ours are (a number to be predicted, too), and tested on the same fifth of the rows. The seed draws this fifth, and is that of the models: seeds 1 to ${rounds}. Tables with fewer than ${fewRows.toLocaleString('en')} rows are cut into five folds instead, stratified by class, twice: seeds 1 to ${2 * rounds}, each row tested once in a repeat; _Find_ has the first of the two. Scores are means over them, ± is the standard error of the mean difference.`,
    '',
    '- _guess_: the most frequent class, or the mean. _line_: ours, which the Lens names beside each training.',
    '- _MLP_: `MLPClassifier` or `MLPRegressor`. _HGB_: `HistGradientBoosting…`. Both with nothing set but `random_state`.',
    '- _epochs_ and _seconds_: those trained until it ended, on one thread, as means. Where it stops early it goes back to the best of them.',
    `- _As good as_: lower by no more than ${AS_GOOD} or one standard error, whichever is more. _Below_: lower by more than ${BELOW} and by more than one standard error.`,
    '',
  ];
}

/** In how many tables of a half the automatic network is as good as others, and where it is below. */
function summaryOf(half, tables) {
  const own = tables.filter(({ table }) => table.half === half);
  const count = (other) =>
    `${own.filter(({ runs }) => isAsGood(beside(runs, other))).length} of ${own.length}`;
  const belowLine = own.filter(({ runs }) => isBelow(beside(runs, 'line')));
  const names = belowLine.map(({ table, runs }) => `${table.name} (${withError(beside(runs, 'line'))})`);
  return [
    `- as good as the straight line in ${count('line')}, as the MLP in ${count('mlp')}, as the boosted trees in ${count('hgb')}`,
    `- below the line in ${belowLine.length}${names.length > 0 ? `: ${names.join('; ')}` : ''}`,
  ];
}

/** How far our line is from scikit-learn's: where both are fitted to the same rows, and where ours is to some of them. */
function agreement(tables) {
  const all = tables.flatMap(({ table, runs }) =>
    runs.map((run) => ({ ...run, table, apart: Math.abs(run.line - run.theirLine) })),
  );
  const said = (runs) => {
    const [{ apart, table, seed }] = runs.toSorted((a, b) => b.apart - a.apart);
    return `differ by at most ${apart.toPrecision(2)} (${table.half}, ${table.name}, seed ${seed})`;
  };
  const [some, same] = [true, false].map((sampled) => all.filter((run) => run.lineSampled === sampled));
  const lines = [
    `Our line agrees with \`LogisticRegression(C=1)\` and \`Ridge(1.0)\`: in ${same.length} trainings the scores ${said(same)}.`,
  ];
  if (some.length > 0)
    lines.push(
      `In ${some.length} more ours is fitted to a sample of the rows, as the work for it is bounded; there they ${said(some)}.`,
    );
  return lines.join(' ');
}

export function summary(tables) {
  const diverged = tables.flatMap(({ runs }) => runs).filter((run) => run.diverged).length;
  return [
    '## In short',
    '',
    'The half to choose on:',
    '',
    ...summaryOf('choose', tables),
    '',
    'The half to judge by:',
    '',
    ...summaryOf('judge', tables),
    '',
    agreement(tables),
    '',
    diverged === 0 ? 'No training diverged.' : `**Trainings that diverged: ${diverged}.**`,
    '',
  ];
}

/** What is to be seen at once of a table: where the automatic network is worse. */
function marks(runs) {
  return [
    isBelow(beside(runs, 'line')) && '**below the line**',
    !isAsGood(beside(runs, 'mlp')) && 'not as good as the MLP',
  ]
    .filter(Boolean)
    .join(', ');
}

const TITLES = { choose: 'The half to choose on', judge: 'The half to judge by' };

/** The section with the tables of a half. */
export function tableLines(half, tables) {
  const rows = tables
    .filter(({ table }) => table.half === half)
    .map(({ table, runs }) => {
      const [{ rows, features, classes }] = runs;
      const score = (name) => digits(mean(scoresOf(runs, name)));
      const cells = [
        ...[table.name, `${rows.toLocaleString('en')} × ${features}`, classes === 0 ? '–' : classes],
        ...[score('guess'), score('line'), score('automatic'), withError(beside(runs, 'line'))],
        ...[score('mlp'), withError(beside(runs, 'mlp')), score('hgb')],
        Math.round(mean(scoresOf(runs, 'epochs'))).toLocaleString('en'),
        mean(scoresOf(runs, 'seconds')).toFixed(2),
        marks(runs),
      ];
      return `| ${cells.join(' | ')} |`;
    });
  return [
    `## ${TITLES[half]}`,
    '',
    '| table | rows × features | classes | guess | line | automatic | automatic − line | MLP | automatic − MLP | HGB | epochs | seconds | |',
    '| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --- |',
    ...rows,
    '',
  ];
}
