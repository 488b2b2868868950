import { isWhole } from '../core/format';
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

/** What fixes of a problem are put together from: its row, its column, and settings of its file. */
export function fixParts(problem: Problem, settings: Settings) {
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
  /** Rows by their lines, beside those that are left out already. */
  const leftOut = (lines: readonly number[]): Fix => {
    const all = [...new Set([...settings['csv.leaveOutLines'], ...lines])].sort((a, b) => a - b);
    return set('Leave these rows out', 'csv.leaveOutLines', all);
  };
  return {
    ...{ name, set, added, without, readAs, missing, ignore, together },
    ...{ thisRow, leftOut, noQuotes, onlyAbove, delimiter, encoding, target },
  };
}
