import { short, whole } from '../core/format';
import type { tableCodes } from '../core/verdicts/checkCodes';
import type { Problem } from './problems';
import type { TableProblems } from './tableProblems';
import type { Say, SentencesOf, SettingName } from './tableSentences';

type Code = (typeof tableCodes)[number];

/** What a check of a table says, and what can be done about it. */
interface Parts {
  readonly says: string;
  readonly remedy: string;
}

const IGNORE_IT = 'If it would not be known beforehand, ignore it.';

const flattered = (measure: string, byChance: number) =>
  `A short trial with rows drawn by chance has ${measure === 'R²' ? 'an R²' : 'an accuracy'} of ${short(byChance)}`;

const twoSentences: { readonly [C in Code]: (args: TableProblems[C], say: Pick<Say, 'setting'>) => Parts } = {
  leakage: ({ column, target }) => ({
    says: `“${column}” alone gives away “${target}”.`,
    remedy: IGNORE_IT,
  }),
  'leakage-missing': ({ column, target, text }) => ({
    says: `Whether “${column}” is missing gives away “${target}”: it tells the rows that are “${text}” from all others.`,
    remedy: IGNORE_IT,
  }),
  'leakage-copy': ({ column, target, how }) => ({
    says: {
      rounded: `“${column}” is “${target}” but for rounding.`,
      rising: `“${column}” is in the very order of “${target}”: it is the same in another form.`,
      falling: `“${column}” is in the very order of “${target}”, turned round: it is the same in another form.`,
    }[how],
    remedy: IGNORE_IT,
  }),
  'leakage-together': ({ columns, more, target, how }) => {
    const names = columns.map((column) => `“${column}”`);
    const [last, others] = more > 0 ? [`${whole(more)} more`, names] : [names.pop() ?? '', names];
    const together =
      how === 'sum'
        ? `together make up “${target}”, each by a factor`
        : `together name the class of “${target}”`;
    return {
      says: `${others.join(', ')} and ${last} ${together}.`,
      remedy: 'If they would not be known beforehand, ignore them.',
    };
  },
  'group-gives-away': ({ column, target }, { setting }) => ({
    says: `All rows of the same “${column}” have the same “${target}”, and the network can learn them by heart.`,
    remedy: `For a score that holds for others, set ${setting('data.splitColumn')} to “${column}”, or ignore the column.`,
  }),
  'rows-follow-order': ({ column, measure, byChance, apart }, { setting }) => ({
    says: `The rows follow “${column}”. ${flattered(measure, byChance)}; where the last rows are told from those before them, it is ${short(apart)}.`,
    remedy: `For a score that holds for rows to come, set ${setting('data.splitColumn')} to “${column}” and ${setting('data.splitBy')} to order.`,
  }),
  'rows-in-groups': ({ column, measure, byChance, apart }, { setting }) => ({
    says: `Rows with the same “${column}” are alike. ${flattered(measure, byChance)}; where none of the same “${column}” is learnt from, it is ${short(apart)}.`,
    remedy: `For a score that holds for others, set ${setting('data.splitColumn')} to “${column}”.`,
  }),
};

const sentenceOf =
  <C extends Code>(code: C) =>
  (args: TableProblems[C], say: Say): string => {
    const { says, remedy } = twoSentences[code](args, say);
    return `${says} ${remedy}`;
  };

/** What of a table is a check of the model as well, as one sentence each. */
export const tableCheckSentences: SentencesOf<Pick<TableProblems, Code>> = {
  leakage: sentenceOf('leakage'),
  'leakage-missing': sentenceOf('leakage-missing'),
  'leakage-copy': sentenceOf('leakage-copy'),
  'leakage-together': sentenceOf('leakage-together'),
  'group-gives-away': sentenceOf('group-gives-away'),
  'rows-follow-order': sentenceOf('rows-follow-order'),
  'rows-in-groups': sentenceOf('rows-in-groups'),
};

/** The same in two; null for any other problem. */
export function partsOfCheck({ code, args }: Problem, setting: SettingName): Parts | null {
  if (!(code in twoSentences)) return null;
  return (twoSentences[code as Code] as (args: unknown, say: Pick<Say, 'setting'>) => Parts)(args, {
    setting,
  });
}
