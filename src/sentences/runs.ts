import { short, whole } from '../core/format';
import type { RunArgs, RunCode, RunFinding } from '../core/verdicts/runChecks';

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
};

/** The sentence of a check of a run. */
export const runSentence = <C extends RunCode>(code: C, args: RunArgs[C]): string => sentences[code](args);

/** The sentence of what a check has found. */
export const findingText = ({ code, args }: RunFinding): string =>
  (sentences[code] as (args: RunFinding['args']) => string)(args);
