import { LEAKY_SLOPE, type HiddenActivation } from '../core/activations';
import { featuresIn, TOLERANCE, type Exported, type ExportedColumn } from './exported';
import { cCheck } from './cCheck';
import { cList, cNumber, cText } from './cParts';

/** A model as a C header, C99 and C++, without heap: `nl_predict`, and a self-test behind NL_SELF_TEST. */
export function cHeader(exported: Exported): string {
  const { head, inputs, labels, parameters, columns } = exported;
  const sizes = [featuresIn(exported), ...parameters.map(({ b }) => b.length)];
  return [
    '/*',
    ...[...head, ...USE].map((line) => ` * ${line}`.trimEnd()),
    ' */',
    '#ifndef NL_MODEL_H',
    '#define NL_MODEL_H',
    '',
    '#include <math.h>',
    '#include <string.h>',
    '',
    '#ifdef NL_DOUBLE',
    'typedef double nl_real;',
    '#define NL_MATH(name) name',
    `#define NL_TOLERANCE ${TOLERANCE.double}`,
    '#else',
    'typedef float nl_real;',
    '#define NL_MATH(name) name##f',
    `#define NL_TOLERANCE ${TOLERANCE.single}`,
    '#endif',
    '',
    `#define NL_CLASSES ${labels.length}`,
    `#define NL_OUTPUTS ${labels.length || 1}`,
    '#define NL_MISSING (-1)',
    '#define NL_UNKNOWN (-2)',
    ...columns.flatMap(categoryLines),
    '/* The values of a row. NAN, and NL_MISSING of a category, are missing. */',
    'typedef struct {',
    ...inputs.map(({ id, kind }) => `  ${kind === 'category' ? `int ${id}` : `nl_real ${id}`};`),
    '} nl_row;',
    '',
    ...(labels.length > 0
      ? [
          '/* A class by its index. */',
          'static inline const char *nl_label(int index) {',
          `  static const char *const labels[NL_CLASSES] = ${cList(labels.map(cText))};`,
          '  return labels[index];',
          '}',
        ]
      : []),
    ...parameters.flatMap(({ W, b }, l) => [
      `static const nl_real nl_w${l + 1}[${W.data.length}] = ${cList(Array.from(W.data, cNumber))};`,
      `static const nl_real nl_b${l + 1}[${b.length}] = ${cList(Array.from(b, cNumber))};`,
    ]),
    ...columns.flatMap(rankLines),
    FUNCTIONS,
    'static inline nl_real nl_activation(nl_real z) {',
    `  return ${activation(exported.hidden)};`,
    '}',
    '',
    '/* What the network takes of a row. */',
    'static inline void nl_features(const nl_row *row, nl_real *x) {',
    ...columns.flatMap(featureLines).map((line, k) => `  x[${k}] = (nl_real)(${line});`),
    '}',
    '',
    '/* Writes the probability of each class, or the number, to out[NL_OUTPUTS]; gives the class as an index, 0 of a number. */',
    'static inline int nl_predict(const nl_row *row, nl_real *out) {',
    ...sizes.map((n, l) => `  nl_real a${l}[${n}];`),
    '  nl_features(row, a0);',
    ...parameters.map(({ W }, k) => {
      const isLast = k === parameters.length - 1;
      return `  nl_layer(nl_w${k + 1}, nl_b${k + 1}, a${k}, ${W.cols}, a${k + 1}, ${W.rows}, ${isLast ? 0 : 1});`;
    }),
    ...outputLines(exported, `a${parameters.length}`),
    '}',
    '',
    ...cCheck(exported),
    '#endif',
    '',
  ].join('\n');
}

const USE = [
  '',
  'Fill an nl_row, call nl_predict. Its numbers are float, with NL_DOUBLE defined double. Where NL_SELF_TEST is defined',
  'there is a main() that compares its answers with those of the model: 0 if they agree. Not for -ffast-math.',
];

/** The categories of a column as an enum and as text. */
function categoryLines({ transform, inputs: [input] }: ExportedColumn): string[] {
  if (transform.kind !== 'category' || transform.categories.length === 0) return [];
  const { categories } = transform;
  const upper = input.id.toUpperCase();
  return [
    '',
    `enum { ${categories.map((_, k) => `NL_${upper}_${k + 1} = ${k}`).join(', ')} };`,
    `static const char *const nl_${input.id}_texts[${categories.length}] = ${cList(categories.map(cText))};`,
    `/* The category of ${input.id} by its text: NL_UNKNOWN of none, NL_MISSING of no text. */`,
    `static inline int nl_${input.id}_of(const char *text) {`,
    '  int k;',
    '  if (text == NULL || text[0] == 0) return NL_MISSING;',
    `  for (k = 0; k < ${categories.length}; k++) if (strcmp(text, nl_${input.id}_texts[k]) == 0) return k;`,
    '  return NL_UNKNOWN;',
    '}',
    '',
  ];
}

function rankLines({ transform, inputs: [input] }: ExportedColumn): string[] {
  if (!('reshape' in transform) || transform.reshape?.kind !== 'rank') return [];
  const { values, below } = transform.reshape;
  const list = (of: readonly number[]) => cList(of.length > 0 ? of.map(cNumber) : ['0']);
  return [
    `static const double nl_${input.id}_values[] = ${list(values)};`,
    `static const double nl_${input.id}_below[] = ${list(below)};`,
  ];
}

/** Scaling is in double in either case: a mean that is large beside the deviation would cost float its digits. */
const FUNCTIONS = `
static inline double nl_scaled(double x, double mean, double deviation, double stand_in) {
  return ((x != x ? stand_in : x) - mean) / deviation;
}

static inline double nl_log(double x, double median) {
  double ratio = fabs(x) / median;
  double size = ratio > 1e300 ? log(fabs(x)) - log(median) : log1p(ratio);
  return x != x ? x : x < 0 ? -size : size;
}

static inline double nl_rank(double x, const double *values, const double *below, int n) {
  int low = 0, high = n;
  if (x != x) return x;
  while (low < high) {
    int middle = low + (high - low) / 2;
    if (values[middle] < x) low = middle + 1;
    else high = middle;
  }
  return low < n ? below[low] : 1.0;
}

/* The angle of a time of day. */
static inline double nl_turn(double seconds) {
  double turns = seconds / 86400.0;
  return 6.283185307179586 * (turns - floor(turns));
}

static inline nl_real nl_sigmoid(nl_real z) {
  nl_real e = NL_MATH(exp)(-NL_MATH(fabs)(z));
  return z < 0 ? e / (1 + e) : 1 / (1 + e);
}

static inline nl_real nl_activation(nl_real z);

static inline void nl_layer(const nl_real *w, const nl_real *b, const nl_real *a, int cols, nl_real *z, int rows, int hidden) {
  int i, j;
  for (i = 0; i < rows; i++) {
    nl_real sum = b[i];
    for (j = 0; j < cols; j++) sum += w[(size_t)i * (size_t)cols + (size_t)j] * a[j];
    z[i] = hidden ? nl_activation(sum) : sum;
  }
}
`;

function activation(hidden: HiddenActivation): string {
  switch (hidden) {
    case 'tanh':
      return 'NL_MATH(tanh)(z)';
    case 'sigmoid':
      return 'nl_sigmoid(z)';
    case 'relu':
      return 'z < 0 ? 0 : z';
    case 'leakyRelu':
      return `z < 0 ? (nl_real)${LEAKY_SLOPE} * z : z`;
    case 'linear':
      return 'z';
    default:
      return hidden satisfies never;
  }
}

function outputLines({ output, scale, labels }: Exported, z: string): string[] {
  if (scale)
    return [
      `  out[0] = (nl_real)((double)${z}[0] * ${cNumber(scale.deviation)} + ${cNumber(scale.mean)});`,
      '  return 0;',
    ];
  if (output === 'sigmoid')
    return [
      `  out[1] = nl_sigmoid(${z}[0]);`,
      '  out[0] = 1 - out[1];',
      '  return out[1] > (nl_real)0.5 ? 1 : 0;',
    ];
  return [
    '  {',
    '    int k, best = 0;',
    '    nl_real sum = 0;',
    `    for (k = 1; k < ${labels.length}; k++) if (${z}[k] > ${z}[best]) best = k;`,
    `    for (k = 0; k < ${labels.length}; k++) sum += out[k] = NL_MATH(exp)(${z}[k] - ${z}[best]);`,
    `    for (k = 0; k < ${labels.length}; k++) out[k] /= sum;`,
    '    return best;',
    '  }',
  ];
}

/** The features of a column, each as an expression in double. */
function featureLines({ transform, inputs }: ExportedColumn): string[] {
  const x = `row->${inputs.at(0)?.id ?? ''}`;
  const scale = (
    of: string,
    { mean, deviation, standIn }: { mean: number; deviation: number; standIn: number },
  ) => `nl_scaled(${of}, ${cNumber(mean)}, ${cNumber(deviation)}, ${cNumber(standIn)})`;
  const missing = transform.missingFeature ? [`${x} != ${x}`] : [];
  switch (transform.kind) {
    case 'category': {
      const { categories, standIn } = transform;
      const is = (category: string, k: number) =>
        category === standIn ? `${x} == ${k} || ${x} == NL_MISSING` : `${x} == ${k}`;
      return [...categories.map(is), ...(transform.missingFeature ? [`${x} == NL_MISSING`] : [])];
    }
    case 'list':
      // A list without answers is none that is missing.
      return [
        ...inputs.map(({ id }) => `row->${id} != row->${id} ? 0 : row->${id}`),
        ...(transform.missingFeature ? ['0'] : []),
      ];
    case 'time':
      return [
        scale(`sin(nl_turn(${x}))`, transform.sine),
        scale(`cos(nl_turn(${x}))`, transform.cosine),
        ...missing,
      ];
    case 'number':
    case 'date':
    case 'boolean':
    case 'ticked': {
      const { reshape } = transform;
      const { id } = inputs[0];
      const of =
        reshape?.kind === 'log'
          ? `nl_log(${x}, ${cNumber(reshape.median)})`
          : reshape
            ? `nl_rank(${x}, nl_${id}_values, nl_${id}_below, ${reshape.values.length})`
            : x;
      return [scale(of, transform), ...missing];
    }
    default:
      return transform satisfies never;
  }
}
