import { count, isWhole } from '../core/format';
import { isWithoutYear } from '../data/csv/numberDates';
import type { Problem } from '../data/problems';
import type { Settings } from '../settings/settings';
import { fixParts, type Fix } from './fixParts';

/** What can be done about a problem by settings, the likeliest first. */
export function fixesOf(problem: Problem, settings: Settings): Fix[] {
  const { line } = problem;
  const { name, set, added, without, readAs, missing, ignore, together, ...parts } = fixParts(
    problem,
    settings,
  );
  const { thisRow, leftOut, noQuotes, onlyAbove, delimiter, encoding, target } = parts;
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
      return more > 0 ? [] : [leftOut(lines)];
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
      return [set(`Skip the first ${count(line, 'line')}`, 'csv.skipLines', line)];
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
    case 'read-as-fractions':
      return [...readAs('category'), ...ignore];
    case 'read-as-durations':
      return [
        ...readAs(problem.args.form === 'parts' || problem.args.form === 'months' ? 'category' : 'time'),
        ...ignore,
      ];
    case 'other-digits':
    case 'units-by-case':
    case 'counted-parts':
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
    case 'wild-value':
      return [thisRow];
    case 'heavy-tail':
      return [
        set('Take the logarithm of number features', 'data.transform', 'log'),
        set('Take the rank of number features', 'data.transform', 'rank'),
        set('Leave number features as they are', 'data.transform', 'none'),
        ...ignore,
      ];
    case 'rule-line':
    case 'no-table':
    case 'no-json-row':
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
      return problem.args.wraps ? ignore : [...missing([problem.args.text]), thisRow, ...ignore];
    case 'range-as-date':
    case 'other-calendar':
    case 'far-date':
      return [...missing([problem.args.text]), thisRow, ...ignore];
    case 'note-rows': {
      const { lines, areBelow } = problem.args;
      if (lines.length === 1) return [thisRow, ...onlyAbove];
      return [leftOut(lines), ...(areBelow ? onlyAbove : [])];
    }
    case 'section-rows': {
      const { lines, more } = problem.args;
      return more > 0 ? [] : [leftOut(lines)];
    }
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
    case 'unread-numbers':
      return [...(problem.args.why === 'a word among amounts' ? readAs('number') : []), ...ignore];
    case 'two-units':
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
