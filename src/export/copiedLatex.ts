import { traceChain, type ChainTrace, type QuantityKey } from '../core/chain';
import { cut, rounded, visible } from '../core/format';
import type { Matrix } from '../core/matrix';
import type { Network } from '../core/network';
import type { Scale } from '../core/scale';
import type { CopiedChain } from './chain';

/** Rows and columns of a matrix that are written out; what is between is dots. */
const MOST = 6;
const MOST_NAMES = 12;
const LONGEST_NAME = 60;

const SPECIAL: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '`': '\\textasciigrave{}',
  // By its number: not every font has it by name, and Babel lets it act.
  '"': '\\symbol{34}',
};

/** A text that LaTeX prints and does not obey. */
export const latexText = (text: string): string =>
  Array.from(visible(text), (character) =>
    '$&#%_'.includes(character) ? `\\${character}` : (SPECIAL[character] ?? character),
  )
    .join('')
    // Else `--` became a dash.
    .replace(/([-',])(?=\1)/g, '$1{}');

/** What not all fonts of pdfLaTeX have: all but ASCII and the letters of Western Europe. */
const RARE = /[^\n -~\u00c0-\u00ff…]|[ÐÞðþ]/u;
const RARE_COMMENT =
  '% pdfLaTeX may lack letters of these names; LuaLaTeX and XeLaTeX set them in a font that has them.';

/**
 * Lines of a preamble by which pdfLaTeX prints the number of a letter of `text` that it has not, and goes on: `[U+76EE]`.
 * Other LaTeXs take what their font has.
 */
export function latexLetters(text: string): string[] {
  const beyond = Array.from(new Set(text.match(/[^\n -~]/gu))).sort();
  if (beyond.length === 0) return [];
  return [
    '\\ifdefined\\DeclareUnicodeCharacter',
    '\\usepackage[T1]{fontenc}',
    ...beyond.map((letter) => {
      const code = (letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
      return `\\ifcsname u8:\\detokenize{${letter}}\\endcsname\\else\\DeclareUnicodeCharacter{${code}}{[U+${code}]}\\fi`;
    }),
    '\\fi',
  ];
}

/** A number to 4 significant digits. */
export function latexNumber(x: number): string {
  if (Number.isNaN(x)) return '\\mathrm{nan}';
  if (!Number.isFinite(x)) return x > 0 ? '\\infty' : '-\\infty';
  const [mantissa, exponent] = String(rounded(x)).split('e');
  return exponent === undefined ? mantissa : `${mantissa} \\cdot 10^{${Number(exponent)}}`;
}

/** A matrix with its first and last rows and columns. */
export function latexMatrix({ rows, cols, data }: Matrix): string {
  const [is, js] = [shown(rows), shown(cols)];
  const lines = is.map((i) =>
    js
      .map((j) => {
        if (i !== null && j !== null) return latexNumber(data[i * cols + j]);
        return i === null ? (j === null ? '\\ddots' : '\\vdots') : '\\cdots';
      })
      .join(' & '),
  );
  return `\\begin{bmatrix}\n${lines.map((line) => `  ${line}`).join(' \\\\\n')}\n\\end{bmatrix}`;
}

/** The indices that are written out; null stands for those between. */
function shown(count: number): (number | null)[] {
  const all = Array.from({ length: count }, (_, k) => k);
  return count <= MOST ? all : [...all.slice(0, MOST - 2), null, count - 1];
}

const SYMBOLS: Readonly<Record<string, string>> = { dZ: 'dZ', dW: 'dW', db: 'db' };

/** `dW^{[1]}` of dW1; `X` of A0. */
export function latexSymbol(key: QuantityKey): string {
  const found = /^([A-Za-z]+?)(\d+)$/.exec(key);
  if (!found) return key === 'loss' ? '\\ell' : key;
  const [, name, l] = found;
  return key === 'A0' ? 'X' : `${SYMBOLS[name] ?? name}^{[${l}]}`;
}

function outputOf({ output }: Network, L: number): string {
  const Z = `Z^{[${L}]}`;
  return output === 'sigmoid' ? `\\sigma(${Z})` : output === 'softmax' ? `\\mathrm{softmax}(${Z})` : Z;
}

const COSTS: Readonly<Record<Network['output'], (A: string) => string>> = {
  sigmoid: (A) =>
    `-\\frac{1}{m} \\sum_{i=1}^{m} \\left( Y \\ast \\ln ${A} + (1 - Y) \\ast \\ln(1 - ${A}) \\right)`,
  softmax: (A) => `-\\frac{1}{m} \\sum_{i=1}^{m} \\sum_k Y_k \\ast \\ln ${A}_k`,
  linear: (A) => `\\frac{1}{2m} \\sum_{i=1}^{m} (${A} - Y)^2`,
};

function equationsOf({ network, weights, rule }: CopiedChain): string[] {
  const L = network.sizes.length - 1;
  const layers = Array.from({ length: L }, (_, k) => k + 1);
  const of = (name: string, l: number) => latexSymbol(`${name}${l}` as QuantityKey);
  const g = `g`;
  return [
    ...layers.flatMap((l) => [
      `${of('Z', l)} &= ${of('W', l)} \\cdot ${of('A', l - 1)} + ${of('b', l)}`,
      `${of('A', l)} &= ${l < L ? `${g}(${of('Z', l)})` : outputOf(network, l)}`,
    ]),
    `J &= ${COSTS[network.output](`{${of('A', L)}}`)}`,
    ...layers
      .toReversed()
      .flatMap((l) => [
        l === L
          ? `${of('dZ', l)} &= ${weights ? `c \\ast (${of('A', l)} - Y)` : `${of('A', l)} - Y`}`
          : `${of('dZ', l)} &= {${of('W', l + 1)}}^{\\mathsf{T}} \\cdot ${of('dZ', l + 1)} \\ast g'(${of('Z', l)})`,
        `${of('dW', l)} &= \\frac{1}{m} \\, ${of('dZ', l)} \\cdot {${of('A', l - 1)}}^{\\mathsf{T}}`,
        `${of('db', l)} &= \\frac{1}{m} \\sum_{i=1}^{m} ${of('dZ', l)}_{(i)}`,
      ]),
    ...(rule
      ? layers.flatMap((l) => ['W', 'b'].map((w) => updateOf(rule, of(w, l), of(`d${w}`, l), w)))
      : []),
  ];
}

function updateOf(rule: NonNullable<CopiedChain['rule']>, w: string, dw: string, kind: string): string {
  const { l1, l2 } = rule;
  const penalty =
    kind === 'W'
      ? `${l2 > 0 ? ` + ${latexNumber(l2)} \\, ${w}` : ''}${l1 > 0 ? ` + ${latexNumber(l1)} \\operatorname{sign} ${w}` : ''}`
      : '';
  return `${w} &:= ${w} - \\alpha \\, ${penalty === '' ? dw : `(${dw}${penalty})`}`;
}

/** How X and Y come from the values of the file. */
function scaleLines({ scales, targetScale }: CopiedChain): string[] {
  const line = (name: string, of: readonly Scale[]) => {
    const list = (part: 'mean' | 'deviation') =>
      `(${of
        .slice(0, MOST_NAMES)
        .map((scale) => latexNumber(scale[part]))
        .join(', ')}${of.length > MOST_NAMES ? ', \\dots' : ''})`;
    return `${name} &= \\frac{${name}_{\\text{file}} - \\mu}{\\sigma}, \\quad \\mu = ${list('mean')}, \\quad \\sigma = ${list('deviation')}`;
  };
  return [...(scales ? [line('X', scales)] : []), ...(targetScale ? [line('Y', [targetScale])] : [])];
}

/** The equations, and what stands in them now: for a document with amsmath. */
export function latexOf(chain: CopiedChain): string {
  const { network, parameters, X, Y, weights, rule, epoch } = chain;
  const trace: ChainTrace = traceChain(network, parameters, X, Y, weights);
  const L = parameters.length;
  const layers = parameters.map((_, k) => k + 1);
  const keys: QuantityKey[] = [
    'A0',
    ...layers.flatMap((l): QuantityKey[] => [`W${l}`, `b${l}`, `Z${l}`, `A${l}`]),
    'Y',
    'J',
    ...layers.toReversed().flatMap((l): QuantityKey[] => [`dZ${l}`, `dW${l}`, `db${l}`]),
  ];
  const names = chain.features
    .slice(0, MOST_NAMES)
    .map((name) => `\\text{${latexText(cut(name, LONGEST_NAME))}}`);
  const more = chain.features.length > MOST_NAMES ? ', \\dots' : '';
  const [file, target] = [chain.file, chain.target].map(
    (name) => `\\text{${latexText(cut(name, LONGEST_NAME))}}`,
  );
  return [
    ...(RARE.test([file, target, ...names].join('')) ? [RARE_COMMENT] : []),
    '\\begin{align*}',
    equationsOf(chain).join(' \\\\\n'),
    '\\end{align*}',
    '\\begin{align*}',
    [
      `\\text{file} &= ${file}`,
      `\\text{features} &= ${names.join(', ')}${more}`,
      `\\text{target} &= ${target}`,
      `\\text{epoch} &= ${epoch}, \\quad m = ${X.cols}${rule ? `, \\quad \\alpha = ${latexNumber(rule.learningRate)}` : ''}`,
      ...(L > 1 ? [`g &= \\mathrm{${network.hidden}}`] : []),
      ...scaleLines(chain),
      '\\text{dZ} &: \\text{the derivative of the loss of each example; the mean over } m \\text{ is in dW and db}',
    ].join(' \\\\\n'),
    '\\end{align*}',
    ...keys.flatMap((key) => {
      const M = trace.get(key);
      if (!M) return [];
      return [`\\[ ${latexSymbol(key)} = ${key === 'J' ? latexNumber(M.data[0]) : latexMatrix(M)} \\]`];
    }),
    '',
  ].join('\n');
}
