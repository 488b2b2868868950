/** Two names, each with what it is shortened to. */
type Pair = readonly [readonly string[], readonly string[]];

const PAIRS: readonly Pair[] = [
  ...([
    [
      ['yes', 'y'],
      ['no', 'n'],
    ],
    [
      ['true', 't'],
      ['false', 'f'],
    ],
    [
      ['male', 'm'],
      ['female', 'f'],
    ],
    [
      ['man', 'm'],
      ['woman', 'w'],
    ],
    [
      ['pass', 'passed', 'p'],
      ['fail', 'failed', 'f'],
    ],
    [
      ['positive', 'pos'],
      ['negative', 'neg'],
    ],
    [
      ['left', 'l'],
      ['right', 'r'],
    ],
    [
      ['ja', 'j'],
      ['nein', 'n'],
    ],
    [
      ['ja', 'j'],
      ['nee', 'n'],
    ],
    [
      ['ja', 'j'],
      ['nej', 'n'],
    ],
    [
      ['oui', 'o'],
      ['non', 'n'],
    ],
    [
      ['sí', 'si', 's'],
      ['no', 'n'],
    ],
    [
      ['sì', 'si', 's'],
      ['no', 'n'],
    ],
    [
      ['sim', 's'],
      ['não', 'nao', 'n'],
    ],
    [
      ['tak', 't'],
      ['nie', 'n'],
    ],
    [
      ['männlich', 'm'],
      ['weiblich', 'w'],
    ],
    [
      ['mann', 'm'],
      ['frau', 'f', 'w'],
    ],
    [
      ['homme', 'h', 'masculin', 'm'],
      ['femme', 'féminin', 'feminin', 'f'],
    ],
    [
      ['hombre', 'h'],
      ['mujer', 'm'],
    ],
    [
      ['masculino', 'm'],
      ['femenino', 'feminino', 'f'],
    ],
    [
      ['maschio', 'm'],
      ['femmina', 'f'],
    ],
    [
      ['man', 'm'],
      ['vrouw', 'v'],
    ],
  ] as const),
];
/** Beside the two names, so many other texts, such as “unknown” or “other”. */
const MOST_OTHERS = 2;

/**
 * The name that each spelling of a column stands for, if these are two names of which one is written in short as well:
 * yes for y, male for m; null for other columns.
 * @param keys the spellings, each once, in what counts of them
 * @param inOne whether one name in one form is enough
 */
export function namesByShortForm(keys: readonly string[], inOne = false): ReadonlyMap<string, string> | null {
  for (const pair of PAIRS) {
    const forms = pair.map((each) => keys.filter((key) => each.includes(key)));
    if (forms.some(({ length }) => length === 0)) continue;
    if (!inOne && forms.every(({ length }) => length === 1)) continue;
    const others = keys.filter((key) => !pair.flat().includes(key));
    // A letter beside these letters is something else, and so may they be.
    if (others.length > MOST_OTHERS || others.some((key) => /^\p{L}$/u.test(key))) continue;
    return new Map(pair.flatMap((each) => each.map((form) => [form, each[0]] as const)));
  }
  return null;
}
