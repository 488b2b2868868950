import { isWhole } from '../core/format';
import { isWithoutYear } from '../data/csv/numberDates';
import { columnOf, type Problem } from '../data/problems';
import type { ColumnKind } from '../settings/data';
import type { SettingKey, Settings } from '../settings/settings';

/** The settings that are lists: a fix adds to them, or takes away, whatever they hold when it is applied. */
export type ListKey =
  'data.ignoredColumns' | 'data.includedColumns' | 'csv.missingTokens' | 'csv.leaveOutLines';

/** A change of one setting for one file, or a command that asks what to change. */
export type Fix =
  | { readonly title: string; readonly changes: Partial<Settings> }
  | { readonly title: string; readonly key: SettingKey; readonly value: unknown }
  | {
      readonly title: string;
      readonly list: ListKey;
      readonly change: 'add' | 'remove';
      readonly item: string | number;
    }
  | {
      readonly title: string;
      readonly map: 'data.columnTypes';
      readonly column: string;
      readonly value: ColumnKind;
    }
  | {
      readonly title: string;
      readonly map: 'data.placeholders';
      readonly column: string;
      readonly texts: readonly string[];
    }
  | { readonly title: string; readonly command: 'chooseTarget' | 'chooseDelimiter' | 'chooseEncoding' };

const KINDS: { readonly [K in ColumnKind]: string } = {
  ...{ number: 'numbers', category: 'categories', date: 'dates', time: 'times of day' },
  ...{ list: 'lists', ticked: 'ticked or not', text: 'text' },
};

const wholeOrNothing = (text: string | undefined) => (text !== undefined && isWhole(text) ? text : undefined);

/** What can be done about a problem by settings, the likeliest first. */
export function fixesOf(problem: Problem, settings: Settings): Fix[] {
  const { line, rows } = problem;
  // A name or a text that was cut does not name what is in the file.
  const name = wholeOrNothing(columnOf(problem));
  const set = <K extends SettingKey>(title: string, key: K, value: Settings[K]): Fix => ({
    title,
    key,
    value,
  });
  const added = (title: string, list: ListKey, item: string | number): Fix => ({
    title,
    ...{ list, change: 'add', item },
  });
  const without = (title: string, list: ListKey, item: string | number): Fix => ({
    title,
    ...{ list, change: 'remove', item },
  });
  /** The column is read as such; `title` where another says better what its cells mean. */
  const readAs = (value: ColumnKind, title = `Read “${name ?? ''}” as ${KINDS[value]}`): Fix[] =>
    name === undefined ? [] : [{ title, map: 'data.columnTypes', column: name, value }];
  const missing = (texts: readonly string[]): Fix[] =>
    name === undefined || !texts.every(isWhole)
      ? []
      : [
          {
            title: `Take ${texts.map((text) => `“${text}”`).join(', ')} for missing in “${name}”`,
            ...{ map: 'data.placeholders', column: name, texts },
          },
        ];
  const ignore =
    name === undefined ? [] : [added(`Ignore the column “${name}”`, 'data.ignoredColumns', name)];
  const together: Fix[] =
    name === undefined
      ? []
      : [
          {
            title: `Keep rows of the same “${name}” together`,
            changes: { 'data.splitColumn': name, 'data.splitBy': 'groups' },
          },
        ];
  const thisRow = added('Leave This Row Out', 'csv.leaveOutLines', problem.recordLine ?? line);
  const noQuotes = set('Read quotes in this file as text', 'csv.quote', '');
  const onlyAbove = rows === 0 ? [] : [set('Read only the rows above', 'csv.maxRows', rows)];
  const delimiter: Fix = { title: 'Choose the delimiter of this file…', command: 'chooseDelimiter' };
  const encoding: Fix = { title: 'Choose the encoding of this file…', command: 'chooseEncoding' };
  const target: Fix = { title: 'Choose another column to predict…', command: 'chooseTarget' };
  switch (problem.code) {
    case 'unknown-encoding':
      return [set('Find the encoding from the file', 'csv.encoding', 'auto'), encoding];
    case 'unknown-delimiter':
      return [set('Find the delimiter from the file', 'csv.delimiter', 'auto'), delimiter];
    case 'unknown-quote':
      return [set('Find the quote from the file', 'csv.quote', 'auto')];
    case 'binary-file':
    case 'broken-character':
    case 'guessed-encoding':
    case 'lost-characters':
    case 'suspicious-encoding':
      return [encoding];
    case 'unterminated-quote':
    case 'row-too-long':
      return [noQuotes];
    case 'text-after-quote':
    case 'inner-quote':
      return [noQuotes, thisRow];
    case 'ragged-row':
      return [thisRow, delimiter, ...onlyAbove];
    case 'mended-row':
      // The header is no row.
      return problem.args.how === 'header has other delimiter'
        ? [delimiter]
        : [delimiter, thisRow, ...onlyAbove];
    case 'header-mismatch':
      return [set('This file has no header', 'csv.header', 'absent'), delimiter];
    case 'doubtful-header':
      return [set('This line names the columns', 'csv.header', 'present')];
    case 'total-row': {
      const { lines, more, isLast } = problem.args;
      if (lines.length === 1) return [thisRow, ...(isLast ? onlyAbove : [])];
      const all = [...new Set([...settings['csv.leaveOutLines'], ...lines])].sort((a, b) => a - b);
      return more > 0 ? [] : [set('Leave these rows out', 'csv.leaveOutLines', all)];
    }
    case 'words-in-numbers':
    case 'zero-bytes':
      return [thisRow, ...onlyAbove];
    case 'footer':
    case 'repeated-header':
      return onlyAbove;
    case 'no-row-on-line':
      return [without('Do not name that line', 'csv.leaveOutLines', problem.args.line)];
    case 'rows-left-out':
      return [set('Leave no rows out', 'csv.leaveOutLines', [])];
    case 'empty-file':
    case 'no-rows':
      return settings['csv.skipLines'] > 0 ? [set('Skip no lines', 'csv.skipLines', 0)] : [];
    case 'duplicate-header':
      return ignore;
    case 'preamble':
      return [set(`Skip the first ${line} ${line === 1 ? 'line' : 'lines'}`, 'csv.skipLines', line)];
    case 'comments':
      return [set('This file has no comments', 'csv.commentPrefixes', [])];
    case 'placeholder-value':
    case 'word-for-missing':
    case 'ditto-marks':
      return [...missing(problem.args.texts), ...ignore];
    case 'lost-class':
      return [
        without(`“${problem.args.text}” is a value in this file`, 'csv.missingTokens', problem.args.text),
        target,
      ];
    case 'text-in-numbers':
      // The others that are written like it would stay.
      return [...(problem.args.areAlike === true ? [] : missing([problem.args.text])), ...ignore];
    case 'other-unit':
      return problem.args.then === 'missing' ? [...missing([problem.args.text]), ...ignore] : ignore;
    case 'doubtful-letter':
      return [...readAs('category'), ...readAs('number'), ...ignore];
    case 'codes-like-numbers':
      return [
        ...(problem.args.why === 'answers' ? readAs('list') : []),
        ...(problem.args.areTexts ? readAs('number') : [...readAs('category'), ...readAs('number')]),
        ...ignore,
      ];
    case 'marked-numbers':
    case 'mixed-truths':
    case 'doubtful-negatives':
      return [...readAs('category'), ...ignore];
    case 'read-as-durations':
      return [
        ...readAs(problem.args.form === 'parts' || problem.args.form === 'months' ? 'category' : 'time'),
        ...ignore,
      ];
    case 'read-as-fractions':
      return [...readAs('category'), ...ignore];
    case 'other-digits':
    case 'units-by-case':
      return ignore;
    case 'word-is-class':
      return [...readAs('number'), ...missing([problem.args.text])];
    case 'odd-spelling':
      return [set('Merge names that differ in spelling alone', 'data.mergeSpellings', true), ...ignore];
    case 'mixed-decimals':
      return [
        problem.args.text.includes(',')
          ? set('Numbers have a decimal comma', 'csv.decimalSeparator', ',')
          : set('Numbers have a decimal point', 'csv.decimalSeparator', '.'),
        ...ignore,
      ];
    case 'doubtful-decimals':
      return [
        problem.args.mark === ','
          ? set('Numbers have a decimal point', 'csv.decimalSeparator', '.')
          : set('Numbers have a decimal comma', 'csv.decimalSeparator', ','),
        ...ignore,
      ];
    case 'no-target':
      return [target];
    case 'no-examples':
      return [
        ...(settings['data.missingValues'] === 'impute'
          ? []
          : [set('Fill in missing values', 'data.missingValues', 'impute')]),
        target,
      ];
    case 'missing-values':
    case 'missing-in-columns':
      return [
        ...ignore,
        ...(settings['data.missingValues'] === 'dropRows'
          ? [set('Fill in missing values', 'data.missingValues', 'impute')]
          : [set('Leave out rows that miss a value', 'data.missingValues', 'dropRows')]),
      ];
    case 'identifier-column':
    case 'free-text':
      if (name === undefined) return [];
      return [
        ...(problem.args.evidence.code === 'ambiguous-dates' ? readAs('date') : []),
        ...ignore,
        added(`Use “${name}” as a feature`, 'data.includedColumns', name),
      ];
    case 'identifier-feature':
      return name === undefined
        ? []
        : [without(`Do not use “${name}” as a feature`, 'data.includedColumns', name)];
    case 'constant-column':
    case 'mixed-units':
    case 'leakage':
    case 'leakage-missing':
    case 'merged-cells':
    case 'leakage-copy':
      return ignore;
    case 'rows-follow-order':
      if (name === undefined) return [];
      return [
        {
          title: `Test on the last rows by “${name}”`,
          changes: { 'data.splitColumn': name, 'data.splitBy': 'order' },
        },
      ];
    case 'rows-in-groups':
      return together;
    case 'group-gives-away':
      return [...together, ...ignore];
    case 'leakage-together': {
      const { columns, more } = problem.args;
      if (more > 0 || !columns.every(isWhole)) return [];
      const all = [...new Set([...settings['data.ignoredColumns'], ...columns])];
      return [
        set('Ignore all of these columns', 'data.ignoredColumns', all),
        ...columns.map((column) => added(`Ignore the column “${column}”`, 'data.ignoredColumns', column)),
      ];
    }
    case 'unscaled-features':
      return [set('Standardize the features', 'data.standardize', true), ...ignore];
    case 'of-many-columns': {
      const { code: _code, args, ...where } = problem;
      const { first } = args;
      const inAll =
        first.code === 'text-in-numbers' && first.args.areAlike !== true && isWhole(first.args.text)
          ? [
              added(
                `Take “${first.args.text}” for missing in all columns`,
                'csv.missingTokens',
                first.args.text,
              ),
            ]
          : [];
      return [...inAll, ...fixesOf({ ...first, ...where }, settings)];
    }
    case 'class-imbalance':
      return [
        set('Let rare classes count as much as the others', 'training.classWeights', 'balanced'),
        target,
      ];
    case 'unsplit-lines':
      return [
        set(`“${problem.args.separator}” separates the cells`, 'csv.delimiter', problem.args.separator),
        delimiter,
      ];
    case 'names-above':
      return problem.args.how === 'comment' ? [set('This file has no header', 'csv.header', 'absent')] : [];
    case 'row-names':
    case 'short-header':
      return [delimiter];
    case 'second-header':
    case 'quote-in-cell':
      return [thisRow];
    case 'rule-line':
    case 'no-table':
    case 'no-json-row':
      return [];
    case 'wild-value':
      return [thisRow];
    case 'heavy-tail':
      return [
        set('Take the logarithm of number features', 'data.transform', 'log'),
        set('Take the rank of number features', 'data.transform', 'rank'),
        set('Leave number features as they are', 'data.transform', 'none'),
        ...ignore,
      ];
    case 'leakage-not-sought':
    case 'too-few-rows':
    case 'duplicate-rows':
      return [];
    case 'text-in-dates':
      return [
        ...(problem.args.why === 'impossible' ? [thisRow] : []),
        ...missing([problem.args.text]),
        ...readAs('category'),
        ...ignore,
      ];
    case 'mixed-years':
    case 'range-as-date':
    case 'other-calendar':
      return [...missing([problem.args.text]), thisRow, ...ignore];
    case 'note-rows': {
      const { lines, areBelow } = problem.args;
      if (lines.length === 1) return [thisRow, ...onlyAbove];
      const all = [...new Set([...settings['csv.leaveOutLines'], ...lines])].sort((a, b) => a - b);
      return [set('Leave these rows out', 'csv.leaveOutLines', all), ...(areBelow ? onlyAbove : [])];
    }
    case 'section-rows': {
      const { lines, more } = problem.args;
      const all = [...new Set([...settings['csv.leaveOutLines'], ...lines])].sort((a, b) => a - b);
      return more > 0 ? [] : [set('Leave these rows out', 'csv.leaveOutLines', all)];
    }
    case 'far-date':
      return [...missing([problem.args.text]), thisRow, ...ignore];
    case 'counted-dates':
      return [...readAs('number'), ...ignore];
    case 'dates-in-numbers':
      return [...readAs(isWithoutYear(problem.args.format) ? 'category' : 'date'), ...ignore];
    case 'undecided-dates':
      return [...readAs('date'), ...ignore];
    case 'times-in-numbers':
      return problem.args.format === 'h.mm' ? ignore : [...readAs('time'), ...ignore];
    case 'doubtful-times':
      return problem.args.may === 'have twelve hours'
        ? [...readAs('time', 'Its hours are those of a day'), ...ignore]
        : [
            ...readAs('time', 'They are times of day'),
            ...readAs('number', 'They are durations'),
            ...readAs('category', 'They are scores or ratios'),
            ...ignore,
          ];
    case 'two-units':
    case 'unread-numbers':
    case 'unnamed-column':
    case 'contrary-dates':
    case 'swapped-dates':
    case 'future-dates':
    case 'settled-dates':
      return ignore;
    case 'doubtful-task':
      return [
        ...(problem.args.as === 'classes'
          ? readAs('number', 'Its numbers are amounts')
          : readAs('category', 'Its numbers name classes')),
        target,
      ];
    case 'ticked-column':
      return [
        ...readAs('ticked', 'An empty cell means “no”'),
        ...readAs('category', 'An empty cell means that nobody knows'),
        ...ignore,
      ];
    case 'list-column':
    case 'may-be-list':
      return [
        ...readAs('list', 'Its cells list answers'),
        ...(problem.args.areNumbers
          ? readAs('number', 'Its cells are numbers with a decimal comma')
          : readAs('category', 'Its cells are single texts')),
        ...ignore,
      ];
    default:
      return problem satisfies never;
  }
}
