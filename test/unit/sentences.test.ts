import * as assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { textOf as ofCommandLine } from '../../src/cli/text';
import type { Message } from '../../src/data/message';
import { textOf as ofEditor } from '../../src/host/text';

/** Messages whose sentences name a setting, with its name in the editor and on the command line. */
const COLUMN_TYPES = ['data.columnTypes', 'column-types'] as const;
const naming: [message: Message, editor: string, commandLine: string][] = [
  [{ code: 'unknown-encoding', args: { encoding: 'x' } }, 'csv.encoding', 'encoding'],
  [{ code: 'unknown-delimiter', args: { delimiter: 'xy' } }, 'csv.delimiter', 'delimiter'],
  [{ code: 'unknown-quote', args: { quote: 'xy' } }, 'csv.quote', 'quote'],
  [{ code: 'doubtful-header', args: {} }, 'csv.header', 'header'],
  [
    { code: 'doubtful-decimals', args: { column: 'x', mark: ',' } },
    'csv.decimalSeparator',
    'decimal-separator',
  ],
  [{ code: 'rows-left-out', args: { rows: 1 } }, 'csv.leaveOutLines', 'leave-out-lines'],
  [{ code: 'rows-left-out', args: { rows: 2 } }, 'csv.leaveOutLines', 'leave-out-lines'],
  [{ code: 'no-row-on-line', args: { line: 7 } }, 'csv.leaveOutLines', 'leave-out-lines'],
  [{ code: 'guessed-encoding', args: { encoding: 'windows-1251', fits: true } }, 'csv.encoding', 'encoding'],
  [
    { code: 'doubtful-letter', args: { column: 'a', text: '21K', value: 21000 } },
    'data.columnTypes',
    'column-types',
  ],
  [
    { code: 'codes-like-numbers', args: { column: 'a', text: '01', why: 'zeros', areTexts: true } },
    'data.columnTypes',
    'column-types',
  ],
  [
    { code: 'codes-like-numbers', args: { column: 'a', text: '01', why: 'zeros', areTexts: false } },
    'data.columnTypes',
    'column-types',
  ],
  [
    { code: 'codes-like-numbers', args: { column: 'zip', text: '10115', why: 'name', areTexts: true } },
    'data.columnTypes',
    'column-types',
  ],
  [
    { code: 'codes-like-numbers', args: { column: 'x', text: 'V45', why: 'letters', areTexts: false } },
    'data.columnTypes',
    'column-types',
  ],
  [
    { code: 'doubtful-negatives', args: { column: 'a', text: '(0.5)', count: 3 } },
    'data.columnTypes',
    'column-types',
  ],
  [
    { code: 'read-as-durations', args: { column: 'a', text: '00:03:35', value: 215, form: 'clock' } },
    ...COLUMN_TYPES,
  ],
  [{ code: 'read-as-fractions', args: { column: 'a', text: '12 3/8', value: 12.375 } }, ...COLUMN_TYPES],
  [
    {
      code: 'odd-spelling',
      args: { column: 'x', text: 'yes', like: 'Yes', names: 1, spellings: 2, isShort: false },
    },
    'data.mergeSpellings',
    'merge-spellings',
  ],
  [{ code: 'unscaled-features', args: { column: 'x', largest: 900 } }, 'data.standardize', 'standardize'],
  [
    { code: 'total-row', args: { texts: ['Sum'], lines: [3, 9], more: 0, isLast: false } },
    'csv.leaveOutLines',
    'leave-out-lines',
  ],
  [
    { code: 'note-rows', args: { text: 'Source: us', lines: [8, 9], areBelow: true } },
    'csv.leaveOutLines',
    'leave-out-lines',
  ],
  [
    { code: 'section-rows', args: { texts: ['Fruit', 'Meat'], lines: [2, 9], more: 0 } },
    'csv.leaveOutLines',
    'leave-out-lines',
  ],
  [
    { code: 'class-imbalance', args: { target: 'y', text: 'a', count: 1, rows: 9 } },
    'training.classWeights',
    'class-weights',
  ],
  [
    { code: 'rows-follow-order', args: { column: 'x', measure: 'R²', byChance: 0.9, apart: 0.1 } },
    'data.splitBy',
    'split-by',
  ],
  [
    { code: 'rows-in-groups', args: { column: 'x', measure: 'accuracy', byChance: 0.9, apart: 0.1 } },
    'data.splitColumn',
    'split-column',
  ],
  [{ code: 'heavy-tail', args: { column: 'x' } }, 'data.transform', 'transform'],
  [{ code: 'doubtful-times', args: { column: 'x', text: '1:10', may: 'be no times' } }, ...COLUMN_TYPES],
  [{ code: 'unsplit-lines', args: { separator: ':', times: 2 } }, 'csv.delimiter', 'delimiter'],
  [{ code: 'ticked-column', args: { column: 'x', mark: 'y', given: 5, rows: 9 } }, ...COLUMN_TYPES],
  [
    { code: 'list-column', args: { column: 'x', text: '1,2', answers: 3, areNumbers: true } },
    ...COLUMN_TYPES,
  ],
  [{ code: 'may-be-list', args: { column: 'x', text: 'a;b', areNumbers: false } }, ...COLUMN_TYPES],
  [
    { code: 'lost-class', args: { column: 'y', text: 'None', count: 9, rows: 40 } },
    'csv.missingTokens',
    'missing-tokens',
  ],
  [{ code: 'group-gives-away', args: { column: 'x', target: 'y' } }, 'data.splitColumn', 'split-column'],
  [{ code: 'doubtful-task', args: { column: 'y', distinct: 5, as: 'classes' } }, ...COLUMN_TYPES],
  [{ code: 'chosen', args: {} }, 'data.target', 'target'],
  [{ code: 'output-is-set', args: {} }, 'model.output', 'output'],
  [{ code: 'not-two-classes', args: { target: 'y', classes: 3 } }, 'model.output', 'output'],
  [{ code: 'no-split-column', args: { name: 'x' } }, 'data.splitColumn', 'split-column'],
  [{ code: 'missing-value-refused', args: { column: 'x' } }, 'data.missingValues', 'missing-values'],
  [
    { code: 'network-too-large', args: { sizes: [2, 1], rows: 9, megabytes: 17, allowed: 16 } },
    'training.memoryBudget',
    'memory-budget',
  ],
  [{ code: 'setting-names-no-column', args: { key: 'data.target', name: 'x' } }, 'data.target', 'target'],
  [
    { code: 'listed-in-vain', args: { key: 'data.ignoredColumns', name: 'x', why: 'target' } },
    'data.ignoredColumns',
    'ignored-columns',
  ],
  [
    { code: 'idle-setting', args: { key: 'training.momentum', why: { code: 'one-thread', args: {} } } },
    'training.momentum',
    'momentum',
  ],
  [{ code: 'constant-rate', args: {} }, 'training.learningRateSchedule', 'learning-rate-schedule'],
  [{ code: 'no-decay', args: {} }, 'training.learningRateDecay', 'learning-rate-decay'],
  [
    { code: 'no-steps', args: { schedule: 'inverse' } },
    'training.learningRateSchedule',
    'learning-rate-schedule',
  ],
  [{ code: 'no-patience', args: {} }, 'training.earlyStopping.patience', 'early-stopping-patience'],
  [{ code: 'no-column-to-split-by', args: {} }, 'data.splitColumn', 'split-column'],
];

describe('a sentence that names a setting', () => {
  for (const [message, editor, commandLine] of naming)
    it(`names it as its reader does: ${ofCommandLine(message)}`, () => {
      assert.ok(ofEditor(message).includes(`neuronLens.${editor}`), ofEditor(message));
      assert.ok(ofCommandLine(message).includes(`--${commandLine}`), ofCommandLine(message));
      assert.ok(!ofCommandLine(message).includes('neuronLens.'), ofCommandLine(message));
    });

  it('is one of these', () => {
    const source = readdirSync('src/data')
      .filter((name) => /sentences\.ts$/i.test(name))
      .map((name) => readFileSync(`src/data/${name}`, 'utf8').replace(/^[\s\S]*?const \w*[sS]entences/, ''))
      .join('\n');
    // An editor's name that is written out is missed by the command line.
    assert.ok(!source.includes('neuronLens.'));
    const each = source.split(/^  (?='?[a-z-]+'?: \()/m).filter((sentence) => sentence.includes('setting('));
    assert.deepEqual(
      each.map((sentence) => /^'?([a-z-]+)/.exec(sentence)?.[1]).sort(),
      [...new Set(naming.map(([{ code }]) => code))].sort(),
    );
  });
});

describe('a number in a sentence', () => {
  it('has its thousands apart: a line, and the units of a layer', () => {
    const dialect = { delimiter: ',', decimalComma: false, header: true, quote: '"', encoding: 'utf-8' };
    assert.match(
      ofEditor({ code: 'dialect', args: { ...dialect, firstLine: 12_345 } }),
      /comma-separated, from line 12,345$/,
    );
    const args = { sizes: [2, 1024, 1], rows: 240, megabytes: 17, allowed: 16 };
    assert.match(ofEditor({ code: 'network-too-large', args }), /^A 2–1,024–1 network on 240 rows/);
  });
});
