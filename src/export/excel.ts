import { LEAKY_SLOPE } from '../core/activations';
import { TOLERANCE, type Exported } from './exported';
import {
  columnName,
  isXmlText,
  LONGEST_TEXT,
  MOST_SHEET_COLUMNS,
  workbook,
  type Cell,
  type Sheet,
} from './excelBook';
import { excelFeatures, excelRanks, excelScales, excelTexts } from './excelFeatures';
import { ExportRefused } from './refused';

/** So many rows can be typed in. */
const TYPED = 20;
/** More cells with formulas make a workbook that hardly opens. */
const MOST_FORMULAS = 200_000;
/** Where the rows start in each sheet that has rows, from 0: names and kinds stand above. */
const FIRST = 2;

/**
 * A model as a workbook for Excel: a sheet to type rows in, one with a cell for each unit, and the same for rows that it
 * checks itself by. Plain functions alone, and no formula is long: weights stand in cells.
 */
export function excelModel(exported: Exported): Uint8Array {
  mustFit(exported);
  const { inputs, check, parameters, head } = exported;
  const typed = check.rows.slice(0, 1).map((row) => [...row] as Cell[]);
  const none = Array.from({ length: TYPED - 1 }, () => inputs.map(() => null));
  const layers = parameters.map(({ W, b }, l) => ({
    name: `Layer${l + 1}`,
    rows: Array.from(b, (bias, i): Cell[] => [bias, ...W.data.subarray(i * W.cols, (i + 1) * W.cols)]),
  }));
  const about = [
    ...head,
    '',
    `Type rows into the sheet Predict, up to ${TYPED}; an empty cell is a missing value. A date in another cell as days: =A1-25569.`,
    'The sheet Units has a cell for each unit; the sheet Check compares the answers to rows that are made of ranges.',
  ].map((line): Cell[] => [line]);
  return workbook([
    {
      name: 'Predict',
      frozen: FIRST,
      rows: rowsOf(exported, [...typed, ...none], 'Units', true),
    },
    checkOf(exported),
    { name: 'Units', frozen: FIRST, rows: unitsOf(exported, TYPED, 'Predict') },
    { name: 'CheckUnits', frozen: FIRST, rows: unitsOf(exported, check.rows.length, 'Check') },
    ...layers,
    { name: 'Scales', rows: excelScales(exported) },
    { name: 'Texts', rows: excelTexts(exported) },
    ...excelRanks(exported),
    { name: 'About', rows: [[{ f: 'Check!$A$1' }], [], ...about] },
  ]);
}

/** Columns of a sheet of units: features, then units layer by layer, then what the output is made of. */
function placesOf({ parameters, output, labels }: Exported) {
  const layers: { from: number; size: number }[] = [{ from: 0, size: parameters[0].W.cols }];
  let next = parameters[0].W.cols;
  for (const { b } of parameters) {
    layers.push({ from: next, size: b.length });
    next += b.length;
  }
  const exponentials = next;
  return { layers, exponentials, width: next + (output === 'softmax' ? labels.length : 0) };
}

/** Throws ExportRefused for texts that no cell can hold, and with the count for a network that is too large. */
function mustFit(exported: Exported): void {
  const { columns, labels, inputs, check, parameters } = exported;
  const { width } = placesOf(exported);
  columns.forEach(({ transform, inputs: own }, k) => {
    const texts = transform.kind === 'category' ? transform.categories : [];
    if (![...own.map(({ name }) => name), ...texts].every(isXmlText))
      throw new ExportRefused(
        k,
        `a text of it has more than ${LONGEST_TEXT} characters, or one that Excel has not`,
      );
  });
  if (!labels.every(isXmlText))
    throw new ExportRefused(
      null,
      `a class has more than ${LONGEST_TEXT} characters, or one that Excel has not`,
    );
  const widest = Math.max(
    width,
    inputs.length + 4 * (labels.length + 2),
    ...parameters.map(({ W }) => W.cols + 1),
  );
  if (widest > MOST_SHEET_COLUMNS)
    throw new ExportRefused(null, `${widest} columns are more than the ${MOST_SHEET_COLUMNS} of a sheet`);
  const formulas = width * (TYPED + check.rows.length);
  if (formulas > MOST_FORMULAS)
    throw new ExportRefused(null, `${formulas} cells with formulas are more than ${MOST_FORMULAS}`);
}

/** Rows of inputs with what is predicted behind them; names and kinds above. `mayBeEmpty`: of an empty row nothing is said. */
function rowsOf(
  exported: Exported,
  rows: readonly (readonly Cell[])[],
  units: string,
  mayBeEmpty: boolean,
): Cell[][] {
  const { inputs, labels } = exported;
  const named = labels.map((label) => `probability ${label}`.slice(0, LONGEST_TEXT));
  return [
    [...inputs.map(({ name }) => name), 'prediction', ...named],
    [...inputs.map(({ kind }) => KINDS[kind]), null],
    ...rows.map((row, k) => {
      const r = FIRST + k + 1;
      const own = `$A${r}:$${columnName(inputs.length - 1)}${r}`;
      const told = (formula: string) => ({ f: mayBeEmpty ? `IF(COUNTA(${own})=0,"",${formula})` : formula });
      return [...row, ...answersOf(exported, units, r).map(told)];
    }),
  ];
}

const KINDS: Readonly<Record<Exported['inputs'][number]['kind'], string>> = {
  ...{ number: 'number', date: 'days since 1970-01-01', time: 'seconds', category: 'text' },
  ...{ boolean: '0 or 1', ticked: '0 or 1', answer: '0 or 1' },
};

/** The prediction, and the probability of each class, from the units of a row. */
function answersOf(exported: Exported, units: string, r: number): string[] {
  const { output, labels, scale } = exported;
  const { layers, exponentials } = placesOf(exported);
  const last = layers[layers.length - 1];
  const unit = (column: number) => `${units}!$${columnName(column)}${r}`;
  const range = (from: number, size: number) => `${unit(from)}:$${columnName(from + size - 1)}${r}`;
  const label = (index: string) => `INDEX(Texts!$A$1:$A$${labels.length},${index})`;
  if (scale) return [`${unit(last.from)}*Scales!$B$1+Scales!$A$1`];
  if (output === 'sigmoid') {
    const p = unit(last.from);
    return [label(`IF(${p}>0.5,2,1)`), `1-${p}`, p];
  }
  const [z, e] = [range(last.from, last.size), range(exponentials, labels.length)];
  return [label(`MATCH(MAX(${z}),${z},0)`), ...labels.map((_, k) => `${unit(exponentials + k)}/SUM(${e})`)];
}

/** A cell for each feature and each unit of so many rows. */
function unitsOf(exported: Exported, count: number, sheet: string): Cell[][] {
  const { parameters, hidden, output, labels } = exported;
  const { layers, exponentials } = placesOf(exported);
  const names = layers.flatMap(({ size }, l) =>
    Array.from({ length: size }, (_, i) => (l === 0 ? `feature ${i + 1}` : `layer ${l}, unit ${i + 1}`)),
  );
  const rows = Array.from({ length: count }, (_, k): Cell[] => {
    const r = FIRST + k + 1;
    const ofLayers = parameters.flatMap(({ b }, l) => {
      const { from, size } = layers[l];
      const before = `$${columnName(from)}${r}:$${columnName(from + size - 1)}${r}`;
      return Array.from(b, (_, i) => {
        const weights = `Layer${l + 1}!$B$${i + 1}:$${columnName(size)}$${i + 1}`;
        const z = `SUMPRODUCT(${weights},${before})+Layer${l + 1}!$A$${i + 1}`;
        const isLast = l + 1 === parameters.length;
        return { f: activated(isLast ? (output === 'sigmoid' ? 'sigmoid' : 'linear') : hidden, z) };
      });
    });
    const { from, size } = layers[layers.length - 1];
    const z = (i: number) => `$${columnName(from + i)}${r}`;
    const e =
      output === 'softmax' ? labels.map((_, i) => ({ f: `EXP(${z(i)}-MAX(${z(0)}:${z(size - 1)}))` })) : [];
    return [...excelFeatures(exported, sheet, r).map((f) => ({ f })), ...ofLayers, ...e];
  });
  const ofOutput = output === 'softmax' ? labels.map((_, k) => `exponential ${k + 1}`) : [];
  return [[...names.slice(0, exponentials), ...ofOutput], [], ...rows];
}

function activated(hidden: Exported['hidden'], z: string): string {
  switch (hidden) {
    case 'tanh':
      return `TANH(${z})`;
    case 'sigmoid':
      return `1/(1+EXP(MIN(700,-(${z}))))`;
    case 'relu':
      return `MAX(0,${z})`;
    case 'leakyRelu':
      return `MAX(${z},${LEAKY_SLOPE}*(${z}))`;
    case 'linear':
      return z;
    default:
      return hidden satisfies never;
  }
}

/** The rows to check by: with the answers that are expected, and 1 where an answer is another. */
function checkOf(exported: Exported): Sheet {
  const { inputs, check, labels, scale } = exported;
  const rows = rowsOf(exported, check.rows, 'CheckUnits', false);
  const outputs = labels.length || 1;
  const unit = scale?.deviation ?? 1;
  const answers = inputs.length + (labels.length > 0 ? 1 : 0);
  const expected = inputs.length + (labels.length > 0 ? outputs + 1 : 1);
  const at = (column: number, r: number) => `$${columnName(column)}${r}`;
  const verdicts = expected + outputs + 1;
  const width = outputs + 1;
  const compared = rows.slice(FIRST).map((row, k): Cell[] => {
    const r = FIRST + k + 1;
    const [best, second] = check.outputs[k].toSorted((a, b) => b - a);
    const isSure = labels.length > 0 && best - second > TOLERANCE.double;
    const own = Array.from({ length: outputs }, (_, i) => {
      const [a, b] = [at(answers + i, r), at(expected + i, r)];
      return { f: `IFERROR(IF(ABS(${a}-${b})<=${TOLERANCE.double}*MAX(${UNIT},ABS(${b})),0,1),1)` };
    });
    const label = `IFERROR(IF(EXACT(${at(inputs.length, r)},INDEX(Texts!$A$1:$A$${outputs},${at(expected + outputs, r)})),0,1),1)`;
    const index = labels.length > 0 ? check.indexes[k] + 1 : null;
    return [...row, ...check.outputs[k], index, ...own, isSure ? { f: label } : 0];
  });
  const [names] = rows;
  const area = `${at(verdicts, FIRST + 1)}:${at(verdicts + width - 1, FIRST + compared.length)}`;
  const told = `IF(SUM(${area})=0,"The numbers agree.","These are not the numbers of the model that was exported.")`;
  const heads = [
    ...check.outputs[0].map(() => 'expected'),
    'class expected',
    ...Array.from({ length: width }, () => '1: another'),
  ];
  return {
    name: 'Check',
    frozen: FIRST,
    rows: [[{ f: told }, unit], [...names, ...heads], ...compared],
  };
}

/** What differences are compared in: the target's deviation, beside what is said of the check. */
const UNIT = '$B$1';
