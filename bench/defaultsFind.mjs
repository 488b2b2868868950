// What bench/DEFAULTS.md says of the search for a good network, beside a straight line and the best of scikit-learn's.
import { difference, digits, isAsGood, isBelow, mean, scoresOf, withError } from './defaultsText.mjs';

const PEERS = { line: 'line', mlp: 'MLP', hgb: 'HGB' };

/** The peer with the best mean score. */
function bestOf(runs) {
  const [best] = Object.keys(PEERS).toSorted((a, b) => mean(scoresOf(runs, b)) - mean(scoresOf(runs, a)));
  return best;
}

/** What was chosen most often: the units of the hidden layers, or the line. */
function commonest(runs) {
  const names = runs.map(({ sizes }) => sizes.slice(1, -1).join('–') || 'line');
  const times = (name) => names.filter((each) => each === name).length;
  return names.toSorted((a, b) => times(b) - times(a))[0];
}

function halfLines(half, tables, title) {
  const own = tables
    .filter(({ table }) => table.half === half)
    .map(({ table, runs }) => ({ table, runs: runs.filter((run) => run.find !== undefined) }));
  const beside = (runs, other) => difference(scoresOf(runs, 'find'), scoresOf(runs, other));
  const asGood = own.filter(({ runs }) => isAsGood(beside(runs, bestOf(runs))));
  const below = own.filter(({ runs }) => isBelow(beside(runs, 'line')));
  const names = below.map(({ table, runs }) => `${table.name} (${withError(beside(runs, 'line'))})`);
  const rows = own.map(({ table, runs }) => {
    const best = bestOf(runs);
    const cells = [
      ...[table.name, digits(mean(scoresOf(runs, 'find'))), digits(mean(scoresOf(runs, 'line')))],
      ...[withError(beside(runs, 'line')), `${PEERS[best]} ${digits(mean(scoresOf(runs, best)))}`],
      ...[withError(beside(runs, best)), digits(mean(scoresOf(runs, 'automatic'))), commonest(runs)],
      mean(scoresOf(runs, 'findSeconds')).toFixed(1),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    `### ${title}`,
    '',
    `- as good as the best of the three in ${asGood.length} of ${own.length}`,
    `- below the line in ${below.length}${names.length > 0 ? `: ${names.join('; ')}` : ''}`,
    '',
    '| table | find | line | find − line | best of theirs | find − best | automatic | chosen most often | seconds |',
    '| --- | --: | --: | --: | --: | --: | --: | --- | --: |',
    ...rows,
    '',
  ];
}

/** The section on the search. */
export const findLines = (tables, candidates) => [
  '## Find a Good Network',
  '',
  `\`find --candidates ${candidates}\` on the same tables and splits, with the same seeds from 1 on but no more of them on small tables; on all cores. _best of theirs_: of the straight line, the MLP and the boosted trees the one with the best mean score.`,
  '',
  ...halfLines('choose', tables, 'Find, the half to choose on'),
  ...halfLines('judge', tables, 'Find, the half to judge by'),
];
