import { cut, score, short, whole } from '../core/format';
import type { RunArgs, RunCode, RunFinding } from '../core/verdicts/runChecks';
import { scoreName } from './score';

const percent = (share: number) => `${short(Math.round(1000 * share) / 10)} %`;
const inTest = (ofTest: boolean) => (ofTest ? 'Test' : 'Training');
/** A sentence has little room for names. */
const LONGEST_NAME = 40;
const quoted = (name: string) => `“${cut(name, LONGEST_NAME)}”`;
const MOST_LISTED = 3;
function listed(names: readonly string[]): string {
  const more = names.length - MOST_LISTED;
  const shown = [...names.slice(0, MOST_LISTED).map(quoted), ...(more > 0 ? [`${whole(more)} more`] : [])];
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`;
}

/** `half`, `a third`, `17 %`: how large a share is, as one says it. */
function spokenShare(share: number): string {
  if (share === 1) return 'all';
  if (Math.abs(share - 1 / 2) <= 0.04) return 'half';
  if (Math.abs(share - 1 / 3) <= 0.03) return 'a third';
  if (Math.abs(share - 2 / 3) <= 0.03) return 'two thirds';
  return percent(share);
}

/** Each code's sentence. */
const sentences: { readonly [C in RunCode]: (args: RunArgs[C]) => string } = {
  diverged: ({ epoch, layer, learningRate, suggestedRate }) => {
    const advice =
      suggestedRate === null
        ? `Use a learning rate below ${learningRate}`
        : `A short trial from the initial weights was stable with a learning rate of ${suggestedRate}; this one was ${learningRate}`;
    return `Diverged in epoch ${whole(epoch)}, layer ${layer}: the cost or a weight was no longer finite. The last finite weights are kept. ${advice}.`;
  },
  'cost-above-start': ({ first, highest, now }) =>
    `The training cost is above where it began: ${short(first)} at first, ${short(highest)} at its highest, ${short(now)} now. The rate is too high.`,
  'cost-swings': ({ low, high, rises }) =>
    `The training cost swings: in the later half it rises ${whole(rises)} times by a quarter or more, between ${short(low)} and ${short(high)}. The rate is too high.`,
  'test-cost-rising': ({ epoch, lowest, now }) =>
    `The test cost was lowest at epoch ${whole(epoch)}, ${short(lowest)}, and has risen since, to ${short(now)}.`,
  'cost-stuck': ({ epochs, cost }) =>
    `The training cost has not moved for ${whole(epochs)} epochs: ${short(cost)}, about where it began.`,
  'still-improving': ({ from, before, epochs, now }) =>
    `The cost still falls: from ${short(before)} at epoch ${whole(from)} to ${short(now)} at the last one, ${whole(epochs)}.`,
  'no-better-than-guessing': ({ isRegression, ofTest, score: own, other }) =>
    `${inTest(ofTest)} ${scoreName(isRegression)} ${score(own)} is no better than guessing, which gives ${score(other)}.`,
  'rare-class-missed': ({ accuracy, guess, text, missed, rows, ofTest }) =>
    `Accuracy ${score(accuracy)}, but guessing gives ${score(guess)}: ${spokenShare(missed / rows)} of the rare class ${quoted(text)} is missed, ${whole(missed)} of ${whole(rows)} rows ${ofTest ? 'of the test part' : 'of it'}.`,
  overfitting: ({ isRegression, train, test }) =>
    `It knows its own rows better than others: ${scoreName(isRegression)} ${score(train)} in training, ${score(test)} on rows that it has not seen.`,
  underfitting: ({ isRegression, score: own, other }) =>
    `It has not learnt yet what a straight line has: ${scoreName(isRegression)} ${score(own)} in training, a straight line ${score(other)}.`,
  'no-better-than-line': ({ isRegression, score: own, other }) =>
    `The hidden layers gain nothing: test ${scoreName(isRegression)} ${score(own)}, a straight line ${score(other)}.`,
  'test-too-small': ({ rows, interval }) =>
    interval
      ? `The test part is too small to tell: with ${whole(rows)} rows the score may lie anywhere from ${score(interval[0])} to ${score(interval[1])}.`
      : `The test part is too small to tell: it has ${whole(rows)} rows.`,
  'golden-feature': ({ isRegression, column, alone, all }) =>
    `${quoted(column)} alone gives ${scoreName(isRegression)} ${score(alone)}, all columns together ${score(all)}: it may say the answer.`,
  'beyond-training': ({ column, rows, testRows, line, more }) =>
    `${quoted(column)} goes far beyond what was trained on in ${whole(rows)} of ${whole(testRows)} test rows, the first on line ${whole(line)}${more > 0 ? `; and so do ${whole(more)} more columns` : ''}.`,
  'correlated-features': ({ one, other, correlation, more }) =>
    `${quoted(one)} and ${quoted(other)} say nearly the same: their correlation is ${score(correlation)}${more > 0 ? `; and so do ${whole(more)} more pairs` : ''}.`,
  'useless-features': ({ columns, ofColumns }) =>
    `${listed(columns)} ${columns.length === 1 ? 'adds' : 'add'} nothing: with ${columns.length === 1 ? 'its' : 'their'} values shuffled the network predicts as well. It has ${whole(ofColumns)} columns in all.`,
};

/** What a setting is called where the advice is given. */
export type NameOfSetting = (key: string) => string;

/** What a person can do about each. */
const advice: { readonly [C in RunCode]: (setting: NameOfSetting) => string } = {
  diverged: (setting) => `Lower ${setting('training.learningRate')}.`,
  'cost-above-start': (setting) => `Lower ${setting('training.learningRate')}.`,
  'cost-swings': (setting) => `Lower ${setting('training.learningRate')}.`,
  'cost-stuck': (setting) =>
    `Begin with other weights (${setting('model.initialization')} xavier), or give it a hidden layer.`,
  // `auto` stops nothing on a small table of two numbers.
  'test-cost-rising': (setting) =>
    `Stop earlier (${setting('training.earlyStopping.patience')}), raise ${setting('training.l2')}, or use fewer units.`,
  'still-improving': (setting) => `Raise ${setting('training.epochs')}.`,
  'no-better-than-guessing': () =>
    'Look for columns that have to do with the target; these say nothing of it that the network finds.',
  'rare-class-missed': (setting) => `Set ${setting('training.classWeights')} to balanced.`,
  overfitting: (setting) =>
    `Stop earlier (${setting('training.earlyStopping.patience')}), raise ${setting('training.l2')}, use fewer units, or get more rows.`,
  underfitting: (setting) => `Raise ${setting('training.epochs')}, or lower ${setting('training.l2')}.`,
  'no-better-than-line': (setting) =>
    `Leave ${setting('model.hiddenLayers')} empty: the smaller model is as good.`,
  'test-too-small': (setting) => `Raise ${setting('training.testFraction')}, or get more rows.`,
  'golden-feature': (setting) =>
    `If it is not known before the answer is, list it in ${setting('data.ignoredColumns')}.`,
  'beyond-training': (setting) =>
    `Train on rows like those to be predicted, or leave the column out (${setting('data.ignoredColumns')}).`,
  'correlated-features': (setting) =>
    `One of them is enough: list the other in ${setting('data.ignoredColumns')}.`,
  'useless-features': (setting) => `List what adds nothing in ${setting('data.ignoredColumns')}.`,
};

/** What a person can do about what a check has found. */
export const runAdvice = (code: RunCode, setting: NameOfSetting): string => advice[code](setting);

/** The sentence of a check of a run. */
export const runSentence = <C extends RunCode>(code: C, args: RunArgs[C]): string => sentences[code](args);

/** The sentence of what a check has found. */
export const findingText = ({ code, args }: RunFinding): string =>
  (sentences[code] as (args: RunFinding['args']) => string)(args);
