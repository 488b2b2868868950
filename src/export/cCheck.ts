import { cList, cNumber, cText } from './cParts';
import type { Value } from './checkRows';
import type { Exported } from './exported';

/** The self-test of a C header: a `main` behind NL_SELF_TEST. */
export function cCheck({ check, inputs, labels, scale, columns }: Exported): string[] {
  const categories = new Map(
    columns.flatMap(({ transform, inputs: [input] }) =>
      transform.kind === 'category' ? [[input, transform.categories] as const] : [],
    ),
  );
  const valueOf = (value: Value, k: number): string => {
    const known = categories.get(inputs[k]);
    if (!known) return value === null ? '(nl_real)NAN' : `(nl_real)${cNumber(Number(value))}`;
    if (typeof value !== 'string') return 'NL_MISSING';
    return known.length > 0 ? `nl_${inputs[k].id}_of(${cText(value)})` : 'NL_UNKNOWN';
  };
  const unit = cNumber(scale?.deviation ?? 1);
  const outputs = labels.length || 1;
  return [
    '#ifdef NL_SELF_TEST',
    '#include <stdio.h>',
    '/* Rows made from ranges and categories, and what they come to in float64. */',
    `static const double nl_expected[][${outputs}] = ${cList(check.outputs.map((each) => `{${each.map(cNumber).join(', ')}}`))};`,
    `static const int nl_indexes[] = ${cList(check.indexes.map(String))};`,
    '',
    'static inline void nl_check_row(int j, nl_row *row) {',
    '  switch (j) {',
    ...check.rows.flatMap((row, j) => [
      `    case ${j}:`,
      ...row.map((value, k) => `      row->${inputs[k].id} = ${valueOf(value, k)};`),
      '      break;',
    ]),
    '    default:',
    '      break;',
    '  }',
    '}',
    '',
    'int main(void) {',
    '  int j, k, wrong = 0;',
    `  for (j = 0; j < ${check.rows.length}; j++) {`,
    '    nl_row row;',
    '    nl_real out[NL_OUTPUTS];',
    '    double best = -1, second = -1;',
    '    int index;',
    '    memset(&row, 0, sizeof row);',
    '    nl_check_row(j, &row);',
    '    index = nl_predict(&row, out);',
    '    for (k = 0; k < NL_OUTPUTS; k++) {',
    `      double expected = nl_expected[j][k] / ${unit};`,
    `      double apart = fabs((double)out[k] / ${unit} - expected);`,
    '      if (!(apart <= NL_TOLERANCE * (fabs(expected) > 1 ? fabs(expected) : 1))) wrong++;',
    '      if (expected > best) { second = best; best = expected; }',
    '      else if (expected > second) second = expected;',
    '    }',
    '    if (NL_CLASSES > 0 && index != nl_indexes[j] && best - second > NL_TOLERANCE) wrong++;',
    '  }',
    '  printf("%s\\n", wrong == 0 ? "The numbers agree." : "These are not the numbers of the model that was exported.");',
    '  return wrong == 0 ? 0 : 1;',
    '}',
    '#endif',
  ];
}
