import { isBent, isRectifier } from '../core/activations';
import { count, short, whole } from '../core/format';
import type { UnitCode } from '../core/verdicts/unitChecks';
import type { UnitFacts } from '../core/verdicts/unitFacts';
import type { UnitFinding } from '../core/verdicts/unitVerdicts';

/** How a check of hidden units is said. */
export interface UnitWords {
  /** In two or three words, under the unit. */
  mark(facts: UnitFacts): string;
  /** What holds of these units of one layer, after their names: `is dead` or `are dead`. */
  says(units: readonly UnitFacts[]): string;
  /** What that means of them, behind a colon; empty where it is plain. */
  because(units: readonly UnitFacts[]): string;
  /** What goes by it, and why it matters. */
  readonly meaning: string;
}

/** `71 %`, `0.5 %`; 100 % are all and 0 % none. */
export function percent(share: number): string {
  const tenths = Math.round(1000 * share);
  if (tenths === 0 && share > 0) return 'less than 0.1 %';
  if (tenths === 1000 && share < 1) return 'more than 99.9 %';
  return `${short(tenths / 10)} %`;
}
/** `71 %`, or `60.5 % to 71 %` of several. */
function percents(shares: readonly number[]): string {
  const [least, most] = [percent(Math.min(...shares)), percent(Math.max(...shares))];
  return least === most ? most : `${least} to ${most}`;
}
const be = (units: readonly UnitFacts[]) => (units.length === 1 ? 'is' : 'are');
const have = (units: readonly UnitFacts[], one: string, several: string) =>
  units.length === 1 ? one : several;

/** Each code's words. */
const words: Readonly<Record<UnitCode, UnitWords>> = {
  same: {
    mark: ({ same, opposite }) =>
      same.length > 0 ? `same as ${listOf(same)}` : `opposite of ${listOf(opposite)}`,
    says: (units) => {
      if (units.length === 1) return 'does what another unit of its layer does';
      return units.every(({ opposite }) => opposite.length === 0)
        ? 'are the same'
        : 'are the same but for the sign';
    },
    because: (units) =>
      units.every(({ symmetric }) => symmetric)
        ? 'on every row, and in their weights, so that nothing parts them'
        : 'on every row',
    meaning:
      'Their activations differ by less than 1 % of their deviation over the rows (opposite: the one is the mirror image of the other). Together they can do no more than one of them. Units with the same weights in and out also have the same gradient, so gradient descent never parts them: that is the symmetry which initial weights of zero have, and random ones break.',
  },
  dead: {
    mark: () => 'dead',
    says: (units) => `${be(units)} dead`,
    because: () => 'z ≤ 0 on every row, so that a and the gradient are 0',
    meaning:
      'A ReLU whose z is 0 or below on every row answers 0 to all of them, and its slope is 0 there: no gradient reaches its weights any more. A leaky ReLU keeps a little slope, a smaller learning rate makes fewer units die.',
  },
  constant: {
    mark: ({ a }) => `always ${short(a.mean)}`,
    says: (units) => `${have(units, 'gives', 'give')} the same number for every row`,
    because: () => '',
    meaning:
      'Its activation does not vary over the rows, so the next layer can use it as a bias at most. Either its incoming weights are 0, or it is so saturated that all rows end at one number.',
  },
  unused: {
    mark: () => 'hardly used',
    says: (units) => `${be(units)} hardly used`,
    because: (units) =>
      `what ${have(units, 'it adds', 'they add')} to the next layer varies by ${percents(units.map(({ reachShare }) => reachShare))} of what the busiest unit adds`,
    meaning:
      'The largest weight that leads out of it, times the deviation of its activation, is at most 1 % of the same product of the busiest unit of its layer. Without it the network would answer nearly the same: a smaller layer may do.',
  },
  saturated: {
    mark: ({ flat, rows }) => `saturated ${Math.round((100 * flat) / rows)} %`,
    says: (units) =>
      `${be(units)} saturated on ${percents(units.map(({ flat, rows }) => flat / rows))} of the rows`,
    because: () => '',
    meaning:
      'On these rows |z| is so large that the slope g′(z) is at most 1 % of the largest (tanh: |z| ≥ 2.99, sigmoid: |z| ≥ 5.99): hardly any gradient passes through the unit there, and it acts as a switch. After a long training that is often what has been learnt; early in one, the initial weights or the inputs are too large.',
  },
  linear: {
    mark: () => 'linear',
    says: (units) => `${be(units)} linear`,
    because: (units) =>
      isRectifier(units[0].activation)
        ? 'z has the same sign on every row, and the kink at 0 is never used'
        : `z is so near 0 on ${percents(units.map(({ straight, rows }) => straight / rows))} of the rows that g is a straight line there`,
    meaning:
      'Where |z| stays small (tanh: up to 0.3, sigmoid: up to 0.6, on 99 % of the rows) the activation differs from its tangent by less than 3 %; a ReLU is a straight line where z has one sign. Such a unit adds nothing that weights without it could not. Small initial weights begin like that.',
  },
  healthy: {
    mark: () => '',
    says: (units) => `${be(units)} healthy`,
    because: () => '',
    meaning:
      'It differs from the others, varies over the rows, bends where the rows are, lets a gradient through, and the next layer uses it.',
  },
};

/** The words of a check by its code. */
export const unitWords = (code: UnitCode): UnitWords => words[code];

/** `4`, `4, 5`, `4 +3`: there is little room. Units are counted from 1 where they are named. */
function listOf(units: readonly number[]): string {
  const names = units.map((unit) => whole(unit + 1));
  return names.length > 2 ? `${names[0]} +${names.length - 1}` : names.join(', ');
}

/** `unit 2`, `units 1, 3 and 4`, `units 1, 2, 3 and 12 more`; `of layer 2` where there are several hidden layers. */
export function unitNames(units: readonly number[], layer: number, hiddenLayers: number): string {
  const MOST = 6;
  const names = units.map((unit) => whole(unit + 1));
  const shown =
    names.length > MOST ? [...names.slice(0, MOST - 1), `${whole(names.length - MOST + 1)} more`] : names;
  const list = shown.length === 1 ? shown[0] : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`;
  return `${names.length === 1 ? 'unit' : 'units'} ${list}${hiddenLayers > 1 ? ` of layer ${whole(layer)}` : ''}`;
}

/** The evidence of a unit: what its verdict goes by, each with its number. */
export function evidenceOf(
  facts: UnitFacts,
): readonly { readonly name: string; readonly text: string; readonly value: number }[] {
  const { rows, z, a, positive, flat, straight, slope, outgoing, reachShare } = facts;
  const share = (name: string, of: number) => ({
    name,
    text: `${percent(of / rows)}, ${whole(of)} of ${count(rows, 'row')}`,
    value: of / rows,
  });
  const number = (name: string, value: number) => ({ name, text: short(value), value });
  return [
    number('lowest z', z.lowest),
    number('mean z', z.mean),
    number('highest z', z.highest),
    number('mean a', a.mean),
    number('deviation of a', a.deviation),
    share('z > 0', positive),
    ...(isBent(facts.activation) ? [share('saturated', flat), share('linear', straight)] : []),
    { name: 'mean slope, as a share of the largest', text: percent(slope), value: slope },
    number('largest |w| out', outgoing),
    { name: 'adds, as a share of what the busiest unit adds', text: percent(reachShare), value: reachShare },
  ];
}

const namesOf = ({ units, layer, hiddenLayers }: UnitFinding) =>
  unitNames(
    units.map(({ unit }) => unit),
    layer,
    hiddenLayers,
  );

/** `unit 2 is dead`. */
export const unitFindingShort = (finding: UnitFinding): string =>
  `${namesOf(finding)} ${words[finding.code].says(finding.units)}`;

/** The whole sentence: `unit 2 is dead: z ≤ 0 on every row, so that …`. */
export function unitFindingText(finding: UnitFinding): string {
  const why = words[finding.code].because(finding.units);
  return `${unitFindingShort(finding)}${why === '' ? '' : `: ${why}`}`;
}

/** What a person can do where a check holds of most of a layer. */
export function unitAdvice(code: UnitCode, setting: (key: string) => string): string {
  switch (code) {
    case 'same':
      return `Begin with random weights: set ${setting('model.initialization')} to auto.`;
    case 'dead':
      return `Set ${setting('model.hiddenActivation')} to leakyRelu, or lower ${setting('training.learningRate')}.`;
    case 'constant':
    case 'saturated':
      return `Begin with smaller weights (${setting('model.initialization')} auto), or lower ${setting('training.learningRate')}.`;
    case 'unused':
    case 'linear':
    case 'healthy':
      return '';
    default:
      return code satisfies never;
  }
}
