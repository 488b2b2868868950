import { count, cut, whole } from '../core/format';
import { tableCheckSentences } from './tableCheckSentences';
import type { TableProblems } from './tableProblems';
import type { SentencesOf } from './tableSentences';

/** The sentences of what keeps a table from being learnt from, or misleads. */
export const tableProblemSentences: SentencesOf<TableProblems> = {
  'no-target': ({ why }, { of }) => of(why),
  'no-examples': ({ why }, { of }) => of(why),
  'too-few-rows': ({ rows }) =>
    `There ${rows === 1 ? 'is' : 'are'} only ${count(rows, 'row')}: what is learnt from ${rows === 1 ? 'it' : 'them'} may be chance.`,
  'missing-values': ({ column, missing, rows, then, texts }) =>
    `“${column}” misses ${whole(missing)} of ${whole(rows)} values (${percent(missing / rows)})${writtenAs(texts)}.${THEN[then]}`,
  'missing-in-columns': ({ columns, more, most, rows, then, texts }) => {
    const named = columns.map(({ name, missing }) => `“${name}” ${whole(missing)}`).join(', ');
    return (
      `${whole(columns.length + more)} columns miss values: ${named} and ${whole(more)} more, ` +
      `up to ${whole(most)} of ${whole(rows)} (${percent(most / rows)})${writtenAs(texts)}.${then === 'dropRows' ? ' Rows without one of them are left out.' : THEN[then]}`
    );
  },
  'constant-column': ({ column, evidence }, { of }) => `“${column}” is left out: ${of(evidence)}.`,
  'identifier-column': ({ column, evidence }, { of }) =>
    `“${column}” is left out, as an identifier: ${of(evidence)}.`,
  'identifier-feature': ({ column, evidence }, { of }) =>
    `“${column}” is used as a feature although it is an identifier: ${of(evidence)}. What is learnt from it holds for no other row.`,
  'free-text': ({ column, evidence }, { of }) => `“${column}” is left out: ${of(evidence)}.`,
  'unscaled-features': ({ column, largest }, { setting }) =>
    `“${column}” has values up to ${Number(largest.toPrecision(3))} and nothing scales it: training may be slow or diverge. Turn ${setting('data.standardize')} on.`,
  'placeholder-value': ({ column, texts, count: found, rows, isBelow }) =>
    isBelow
      ? `“${column}” is ${texts.join(' or ')} in ${whole(found)} of ${whole(rows)} rows, this the first of them, and above 0 in all others: what is below a limit of detection is written so. If it stands for a missing value, take it for one.`
      : texts.length === 1
        ? `“${column}” is ${texts[0]} in ${whole(found)} of ${whole(rows)} rows, this the first of them, and far from that in all others. If that stands for a missing value, take it for one.`
        : `“${column}” is ${texts.slice(0, -1).join(', ')} or ${texts[texts.length - 1]} in ${whole(found)} of ${whole(rows)} rows, this the first of them, and far from these in all others. If these stand for missing values, take them for such.`,
  'total-row': ({ texts, lines, more }, { setting }) =>
    lines.length === 1
      ? `This row is called “${texts[0]}”: it seems to sum up others, or to say what they are compared with, and is read as one of them. If so, leave it out.`
      : `${whole(lines.length + more)} rows, ${listed(lines, more)}, are called ${inQuotes(texts)}: they seem to sum up others, or to say what they are compared with, and are read as rows like them. If so, leave them out with ${setting('csv.leaveOutLines')}.`,
  'note-rows': ({ text, lines, areBelow }, { setting }) =>
    !areBelow
      ? `${whole(lines.length)} rows, ${listed(lines, 0)}, have nothing but a text such as “${text}”: they seem to be the ends of pages, and are read as rows. If so, leave them out with ${setting('csv.leaveOutLines')}.`
      : lines.length === 1
        ? `This row has nothing but “${text}”: it seems to be a note below the table, and is read as a row. If so, leave it out.`
        : `The last ${whole(lines.length)} rows, ${listed(lines, 0)}, have nothing but a text such as “${text}”: they seem to be notes below the table, and are read as rows. If so, leave them out with ${setting('csv.leaveOutLines')}.`,
  'section-rows': ({ texts, lines, more }, { setting }) =>
    `${whole(lines.length + more)} rows, ${listed(lines, more)}, have nothing but a text (${inQuotes(texts)}): they seem to be the titles of the rows below them, and are read as rows. If so, leave them out with ${setting('csv.leaveOutLines')}.`,
  'merged-cells': ({ column, blocks }) =>
    `“${column}” is filled in the first row of each of ${whole(blocks)} blocks only, and empty from here on: merged cells? Where they are empty, they are taken for missing. Fill them in the spreadsheet, or ignore the column.`,
  'ditto-marks': ({ column, texts, count: cells }) =>
    `${inQuotes(texts)} in “${column}” seems to mean “as above”, in ${count(cells, 'cell')}, this the first of them: it is a class like others. Write the text in its place, or take it for missing.`,
  'of-many-columns': ({ columns, more, first }, { of }) =>
    `${of(first)} The same holds for ${columns.map((name) => `“${name}”`).join(', ')}${more > 0 ? ` and ${whole(more)} more` : ''}.`,
  ...tableCheckSentences,
  'class-imbalance': ({ target, text, count: rare, rows }, { setting }) =>
    `“${target}” is “${text}” in only ${whole(rare)} of ${whole(rows)} rows. ${setting('training.classWeights')} “balanced” lets it count as much as the others.`,
  'duplicate-rows': ({ rows }) =>
    rows === 1
      ? 'This row is the same as an earlier one.'
      : `${whole(rows)} rows are the same as an earlier one, this the first of them.`,
  'leakage-not-sought': ({ features, most }) =>
    `There are ${whole(features)} features: whether several of them give the target away together is looked for up to ${whole(most)}.`,
  'wild-value': ({ column, text }) =>
    `“${column}” is ${text} in this row, far from all its other values. If that is a slip, mend it or leave the row out.`,
  'heavy-tail': ({ column }, { setting }) =>
    `“${column}” has a heavy tail: beside a few large values, most others look the same to the network. Set ${setting('data.transform')} to log or rank.`,
  'two-units': ({ column, text, like, likeLine, units }) =>
    `“${column}” is ${text} in this row and ${like} on line ${whole(likeLine)}, with nothing between: it may hold several units, ${units}. If so, write all of it in one.`,
  'word-for-missing': ({ column, texts, count: found, rows }) =>
    `“${column}” is ${inQuotes(texts)} in ${whole(found)} of ${count(rows, 'row')}, this the first of them: that is a class like others. If it stands for a missing value, take it for one.`,
  'lost-class': ({ column, text, count: lost, rows }, { setting }) =>
    `“${column}” is “${text}” in ${whole(lost)} of ${count(rows, 'row')}, this the first of them: the word is taken for missing, and these rows are left out. If it is a class, take it off ${setting('csv.missingTokens')}.`,
  'doubtful-task': ({ column, distinct, as }, { setting }) =>
    `“${column}” holds ${whole(distinct)} different whole numbers, which ` +
    (as === 'classes'
      ? `are taken for the names of classes. If they are amounts or grades, set ${setting('data.columnTypes')} to number.`
      : `are taken for amounts. If they name classes, set ${setting('data.columnTypes')} to category.`),
};

/** Lines that are said. */
const MOST_LINES = 8;
const listed = (lines: readonly number[], more: number): string => {
  const rest = Math.max(0, lines.length - MOST_LINES) + more;
  const shown = lines.slice(0, MOST_LINES).map(whole);
  return rest > 0
    ? `lines ${shown.join(', ')} and ${whole(rest)} more`
    : `lines ${shown.slice(0, -1).join(', ')} and ${shown[shown.length - 1]}`;
};
const MOST_TEXTS = 4;
const inQuotes = (texts: readonly string[]): string => {
  const shown = texts.slice(0, MOST_TEXTS).map((text) => `“${text}”`);
  return texts.length > MOST_TEXTS ? `${shown.join(', ')} and the like` : shown.join(', ');
};

const FILLED_IN = 'What is missing is filled in, and a feature of its own says where.';
const THEN = { impute: ` ${FILLED_IN}`, dropRows: ' Rows without it are left out.', nothing: '' };
/** Texts that stand for a missing value, where several are named. */
const LONGEST_TOKEN = 40;
/** What stands in cells that are taken for missing. */
function writtenAs(texts: readonly string[] | undefined): string {
  if (!texts) return '';
  const names = texts.map((text) => `“${cut(text, LONGEST_TOKEN)}”`).join(', ');
  return `; ${names} ${texts.length === 1 ? 'is' : 'are'} taken for missing`;
}
const percent = (share: number) => `${share < 0.01 ? '< 1' : Math.round(100 * share)} %`;
