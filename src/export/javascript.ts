import type { Value } from './checkRows';
import { TOLERANCE, type Exported, type ExportedColumn } from './exported';
import {
  JAVASCRIPT_FEATURES,
  javascriptActivation,
  javascriptList as list,
  javascriptText as quoted,
} from './javascriptParts';

/** By how the name of the file ends: types (.d.ts, .d.mts, .d.cts), CommonJS (.cjs), else an ES module. */
export function javascriptModel(exported: Exported, { file }: { readonly file: string }): string {
  if (/\.d\.[mc]?ts$/.test(file)) return typesOf(exported);
  return file.endsWith('.cjs') ? commonJs(exported) : esModule(exported);
}

/** A model as an ES module that imports nothing; run by Node, it checks itself. */
const esModule = (exported: Exported): string =>
  [
    ...body(exported),
    'export { LABELS as labels, predict, check };',
    '',
    '// Run by Node itself, it checks itself.',
    'if (typeof process !== "undefined" && process.argv && process.argv[1]) {',
    '  const name = process.argv[1].replace(/^.*[\\\\/]/, "");',
    '  if (decodeURIComponent(import.meta.url).endsWith("/" + name)) report();',
    '}',
    '',
  ].join('\n');

/** A model as a CommonJS module that requires nothing; run by Node, it checks itself. */
const commonJs = (exported: Exported): string =>
  [
    '"use strict";',
    ...body(exported),
    'module.exports = { labels: LABELS, predict, check };',
    '',
    '// Run by Node itself, it checks itself.',
    'if (typeof require === "function" && require.main === module) report();',
    '',
  ].join('\n');

/** The types of either. */
function typesOf({ head, inputs, labels }: Exported): string {
  return [
    ...head.map((line) => `// ${line}`),
    '',
    '/** A value for each column, by its name: own properties. */',
    'export interface Row {',
    ...inputs.map(({ name, kind }) => {
      const type =
        kind === 'category'
          ? 'string'
          : ['number', 'date', 'time'].includes(kind)
            ? 'number'
            : '0 | 1 | boolean';
      return `  readonly ${quoted(name)}: ${type} | null;`;
    }),
    '}',
    '',
    labels.length > 0 ? `export type Label = ${labels.map(quoted).join(' | ')};` : '',
    '/** The classes in the order of the probabilities; empty for numbers. */',
    `export declare const labels: readonly ${labels.length > 0 ? 'Label' : 'string'}[];`,
    '/** Throws RangeError when the row lacks a column, TypeError for a number that is none. */',
    'export declare function predict(row: Row): {',
    ...(labels.length > 0
      ? [
          '  readonly label: Label;',
          '  readonly index: number;',
          '  readonly probabilities: readonly number[];',
        ]
      : ['  readonly value: number;']),
    '};',
    '/** Whether the numbers are those of the model that was exported. */',
    'export declare function check(): boolean;',
    '',
  ].join('\n');
}

function body(exported: Exported): string[] {
  const { head, hidden, inputs, labels, parameters } = exported;
  return [
    ...head.map((line) => `// ${line}`.trimEnd()),
    '// predict(row) takes an object with a value for each name.',
    '',
    `const LABELS = ${list(labels.map(quoted))};`,
    'const LAYERS = [',
    ...parameters.flatMap(({ W, b }) => [
      '  {',
      '    W: [',
      ...Array.from(
        { length: W.rows },
        (_, i) =>
          `      ${list(Array.from(W.data.subarray(i * W.cols, (i + 1) * W.cols), String), '      ')},`,
      ),
      '    ],',
      `    b: ${list(Array.from(b, String), '    ')},`,
      '  },',
    ]),
    '];',
    ...exported.columns.flatMap(rankLines),
    JAVASCRIPT_FEATURES,
    'function features(row) {',
    ...inputs.map(
      ({ id, name, kind }) =>
        `  const ${id} = ${kind === 'category' ? 'text' : 'number'}(row, ${quoted(name)});`,
    ),
    '  return [',
    ...exported.columns.flatMap(featureLines).map((line) => `    ${line},`),
    '  ];',
    '}',
    '',
    `const activation = (z) => ${javascriptActivation(hidden)};`,
    '',
    'function predict(row) {',
    '  let A = features(row);',
    '  LAYERS.slice(0, -1).forEach(({ W, b }) => {',
    '    A = layer(W, b, A).map(activation);',
    '  });',
    '  const { W, b } = LAYERS[LAYERS.length - 1];',
    '  const Z = layer(W, b, A);',
    ...outputLines(exported),
    '}',
    '',
    ...checkLines(exported),
  ];
}

function outputLines({ output, scale }: Exported): string[] {
  if (scale) return [`  return { value: Z[0] * ${scale.deviation} + ${scale.mean} };`];
  if (output === 'sigmoid')
    return [
      '  const p = sigmoid(Z[0]);',
      '  const index = p > 0.5 ? 1 : 0;',
      '  return { label: LABELS[index], index, probabilities: [1 - p, p] };',
    ];
  return [
    '  const highest = Z.reduce((a, z) => Math.max(a, z), -Infinity);',
    '  const E = Z.map((z) => Math.exp(z - highest));',
    '  const sum = E.reduce((a, e) => a + e, 0);',
    '  const index = Z.indexOf(highest);',
    '  return { label: LABELS[index], index, probabilities: E.map((e) => e / sum) };',
  ];
}

function featureLines({ transform, inputs }: ExportedColumn): string[] {
  const id = inputs.at(0)?.id ?? '';
  const missing = transform.missingFeature ? [`isMissing(${id})`] : [];
  const scale = (
    x: string,
    { mean, deviation, standIn }: { mean: number; deviation: number; standIn: number },
  ) => `scaled(${x}, ${mean}, ${deviation}, ${standIn})`;
  switch (transform.kind) {
    case 'category': {
      const { categories, standIn } = transform;
      return [
        ...categories.map((category) =>
          category === standIn
            ? `${id} === null || ${id} === ${quoted(category)} ? 1 : 0`
            : `${id} === ${quoted(category)} ? 1 : 0`,
        ),
        ...missing,
      ];
    }
    case 'list':
      // A list without answers is none that is missing.
      return [
        ...inputs.map((input) => `${input.id} !== ${input.id} ? 0 : ${input.id}`),
        ...(transform.missingFeature ? ['0'] : []),
      ];
    case 'time':
      return [
        scale(`Math.sin(turn(${id}))`, transform.sine),
        scale(`Math.cos(turn(${id}))`, transform.cosine),
        ...missing,
      ];
    case 'number':
    case 'date':
    case 'boolean':
    case 'ticked': {
      const { reshape } = transform;
      const x =
        reshape?.kind === 'log'
          ? `log(${id}, ${reshape.median})`
          : reshape
            ? `rank(${id}, ${id}_VALUES, ${id}_BELOW)`
            : id;
      return [scale(x, transform), ...missing];
    }
    default:
      return transform satisfies never;
  }
}

/** The lists that ranks are looked up in. */
function rankLines({ transform, inputs: [input] }: ExportedColumn): string[] {
  if (!('reshape' in transform) || transform.reshape?.kind !== 'rank') return [];
  const { values, below } = transform.reshape;
  return [
    `const ${input.id}_VALUES = ${list(values.map(String))};`,
    `const ${input.id}_BELOW = ${list(below.map(String))};`,
  ];
}

const valueText = (value: Value) =>
  value === null ? 'null' : typeof value === 'string' ? quoted(value) : String(value);

function checkLines({ check, inputs, labels, scale }: Exported): string[] {
  return [
    '// Rows made from ranges and categories, and what they come to in float64.',
    `const NAMES = ${list(inputs.map(({ name }) => quoted(name)))};`,
    'const ROWS = [',
    ...check.rows.map((row) => `  ${list(row.map(valueText), '  ')},`),
    '];',
    'const EXPECTED = [',
    ...check.outputs.map((outputs) => `  ${list(outputs.map(String), '  ')},`),
    '];',
    `const INDEXES = ${list(check.indexes.map(String))};`,
    '',
    'function check() {',
    `  const unit = ${scale?.deviation ?? 1};`,
    '  return ROWS.every((values, j) => {',
    '    const row = {};',
    '    // Whatever a column is called, it is a property of the row itself.',
    '    NAMES.forEach((name, k) => {',
    '      Object.defineProperty(row, name, { value: values[k] });',
    '    });',
    '    const predicted = predict(row);',
    `    const outputs = ${labels.length > 0 ? 'predicted.probabilities' : '[predicted.value]'};`,
    '    const areClose = EXPECTED[j].every((expected, k) => {',
    '      const apart = Math.abs(outputs[k] / unit - expected / unit);',
    `      return apart <= ${TOLERANCE.double} * Math.max(1, Math.abs(expected / unit));`,
    '    });',
    ...(labels.length > 0
      ? [
          '    const [best, second] = EXPECTED[j].slice().sort((a, b) => b - a);',
          `    return areClose && (predicted.index === INDEXES[j] || best - second <= ${TOLERANCE.double});`,
        ]
      : ['    return areClose;']),
    '  });',
    '}',
    '',
    'function report() {',
    '  const agree = check();',
    '  if (!agree) process.exitCode = 1;',
    '  console.log(agree ? "The numbers agree." : "These are not the numbers of the model that was exported.");',
    '}',
    '',
  ];
}
