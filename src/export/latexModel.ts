import { LEAKY_SLOPE, type HiddenActivation } from '../core/activations';
import { cut } from '../core/format';
import { matrix } from '../core/matrix';
import type { Exported, ExportedColumn } from './exported';
import { latexLetters, latexMatrix, latexNumber, latexSymbol, latexText } from './copiedLatex';

const LONGEST_NAME = 60;
/** So many classes are written out. */
const MOST_CLASSES = 30;

/** The equations of a trained model, from the columns of a table to what is predicted, as a document with amsmath. */
export function latexModel(exported: Exported): string {
  const { head, parameters, columns, target, labels } = exported;
  let feature = 0;
  const features = columns.flatMap((column) =>
    featureEquations(column).map((right) => `\\[ x_{${++feature}} = ${right} \\]`),
  );
  const L = parameters.length;
  const layers = parameters.flatMap(({ W, b }, k) => {
    const [l, before] = [k + 1, k === 0 ? 'x' : latexSymbol(`A${k}`)];
    const last = k + 1 === L;
    const Z = `Z^{[${l}]}`;
    return [
      `\\[ W^{[${l}]} = ${latexMatrix(W)}, \\quad b^{[${l}]} = ${latexMatrix(matrix(b.length, 1, b))} \\]`,
      `\\[ ${Z} = W^{[${l}]} \\cdot ${before} + b^{[${l}]}, \\quad A^{[${l}]} = ${last ? output(exported, Z) : `g(${Z})`} \\]`,
    ];
  });
  const named = labels.slice(0, MOST_CLASSES).map((label) => name(label));
  const body = [
    `\\[ \\text{predicted: } ${name(target)} \\]`,
    ...(named.length > 0
      ? [`\\[ \\text{classes: } ${named.join(', ')}${labels.length > named.length ? ', \\dots' : ''} \\]`]
      : []),
    ...features,
    ...(L > 1 ? [`\\[ g(z) = ${activation(exported.hidden)} \\]`] : []),
    ...layers,
  ].join('\n');
  return [
    ...head.map((line) => `% ${line}`.trimEnd()),
    '\\documentclass{article}',
    '\\usepackage{amsmath}',
    ...latexLetters(body),
    '\\begin{document}',
    body,
    '\\end{document}',
    '',
  ].join('\n');
}

const name = (text: string) => `\\text{${latexText(cut(text, LONGEST_NAME))}}`;

function output({ output: kind, scale }: Exported, Z: string): string {
  if (kind === 'sigmoid') return `\\frac{1}{1 + e^{-${Z}}}`;
  if (kind === 'softmax') return `\\mathrm{softmax}(${Z})`;
  return scale ? `${latexNumber(scale.deviation)} \\cdot ${Z} + ${latexNumber(scale.mean)}` : Z;
}

function activation(hidden: HiddenActivation): string {
  switch (hidden) {
    case 'tanh':
      return '\\tanh z';
    case 'sigmoid':
      return '\\frac{1}{1 + e^{-z}}';
    case 'relu':
      return '\\max(0, z)';
    case 'leakyRelu':
      return `\\max(${LEAKY_SLOPE} z, z)`;
    case 'linear':
      return 'z';
    default:
      return hidden satisfies never;
  }
}

/** What stands to the right of each feature of a column. */
function featureEquations({ transform, inputs }: ExportedColumn): string[] {
  const own = name(transform.name);
  const missing = transform.missingFeature ? [`[${own} \\text{ is missing}]`] : [];
  const scaled = (
    x: string,
    { mean, deviation, standIn }: { mean: number; deviation: number; standIn: number },
  ) =>
    `\\frac{${x} - (${latexNumber(mean)})}{${latexNumber(deviation)}} \\quad (\\text{missing: } ${x} = ${latexNumber(standIn)})`;
  switch (transform.kind) {
    case 'category':
      return [...transform.categories.map((category) => `[${own} = ${name(category)}]`), ...missing];
    case 'list':
      return [
        ...inputs.map((_, k) => `[${name(transform.answers[k])} \\in ${own}]`),
        ...(missing.length > 0 ? ['0'] : []),
      ];
    case 'time':
      return [
        scaled(`\\sin(2 \\pi \\, ${own} / 86400)`, transform.sine),
        scaled(`\\cos(2 \\pi \\, ${own} / 86400)`, transform.cosine),
        ...missing,
      ];
    case 'number':
    case 'date':
    case 'boolean':
    case 'ticked': {
      const { reshape } = transform;
      const x =
        reshape?.kind === 'log'
          ? `\\operatorname{sign}(${own}) \\ln\\left(1 + \\frac{|${own}|}{${latexNumber(reshape.median)}}\\right)`
          : reshape
            ? `\\operatorname{rank}(${own})`
            : own;
      return [scaled(x, transform), ...missing];
    }
    default:
      return transform satisfies never;
  }
}
