import { computed, signal } from '@preact/signals';
import { full, short } from '../../src/core/format';
import { rowOf } from '../../src/core/verdicts/unitFacts';
import { answerText } from '../model/answers';
import {
  busiestPair,
  classBorders,
  hiddenSpace,
  lineThrough,
  outputAtPoint,
  outputOver,
  type Border,
  type HiddenSpace,
  type Point,
} from '../model/hiddenSpace';
import { BOTTOM, drawAxes, LEFT, RIGHT, TOP } from '../ui/axes';
import { heatmap } from '../ui/canvas';
import type { LensContext } from '../ui/context';
import { exampleText, Hover, Legend, nameOf, sampleCaption } from '../ui/examples';
import { lineOfText, withClasses } from '../ui/legendDrawing';
import { stacked, type Draw } from '../ui/pen';
import { MAP_HINT, MAP_KEYS, PointMap, type Placed, type Pointed } from '../ui/pointMap';
import { chosenLast, drawPoint, standing } from '../ui/points';
import { rowText } from '../ui/rows';
import { RowValues } from '../ui/rowValues';
import { classColour, diverging, mix } from '../ui/theme';
import { answerColour } from './answerPixels';
import { smallClassesLast } from './outputDrawing';
import type { Picture } from './picture';

/** Points of the map behind the examples, in one direction. */
const SIDE = 64;

const CROSS_HAIR = 'Cross-hair: the chosen row.';

/** What the network has made of the table: the examples in the coordinates of two hidden units, with the output's line. */
export function hiddenSpacePicture(context: LensContext): Picture {
  const { run, models, palette } = context;
  const pointed = signal<Pointed | null>(null);

  const drawn = computed(() => {
    const pass = models.examples.value;
    const sample = run.sample.value;
    const { network, dataset } = run.view.value;
    const output = pass?.parameters.at(-1);
    if (!pass || !sample || !dataset || !output || !network || network.sizes.length < 3) return null;
    const A = pass.A[pass.A.length - 2];
    const space = hiddenSpace(pass.inputs.network, output, A, pairOf(context));
    const up = space.up === null ? null : rowOf(A, space.up);
    return { pass, sample, dataset, space, across: rowOf(A, space.across), up };
  });
  const shown = () => drawn.value;
  type Shown = NonNullable<ReturnType<typeof shown>>;
  const areaOf = (width: number, height: number) => ({
    ...{ x: LEFT, y: TOP },
    ...{ width: width - LEFT - RIGHT, height: height - TOP - BOTTOM },
  });
  const placeOn = (width: number, height: number, { space }: Shown) => {
    const area = areaOf(width, height);
    return {
      x: (ax: number) => area.x + ((ax - space.x.from) / (space.x.to - space.x.from)) * area.width,
      y: (ay: number) => area.y + (1 - (ay - space.y.from) / (space.y.to - space.y.from)) * area.height,
    };
  };
  const draw: Draw = (pen, width, height) => {
    const current = shown();
    if (!current) return;
    const { pass, sample, dataset, space, across, up } = current;
    const colours = palette.value;
    const area = areaOf(width, height);
    const at = placeOn(width, height, current);
    const rows = space.up === null ? 1 : SIDE;
    const output = outputOver(space, rows, SIDE);
    const map = heatmap(rows, SIDE, (row, col) =>
      mix(colours.neutral, answerColour(output, row * SIDE + col, space.output.network, colours), 0.5),
    );
    pen.imageSmoothingEnabled = true;
    pen.drawImage(map, area.x, area.y, area.width, area.height);
    const name = (unit: number) => `a of unit ${unit + 1}`;
    drawAxes(
      pen,
      area,
      { ...space.x, name: name(space.across) },
      space.up === null ? null : { name: name(space.up) },
      space.y,
      colours,
      '',
    );
    pen.save();
    pen.beginPath();
    pen.rect(area.x, area.y, area.width, area.height);
    pen.clip();
    const lines = linesOf(space);
    for (const [colour, wide] of [
      [colours.background, lines.length > FEW_LINES ? 3 : 5],
      [colours.text, lines.length > FEW_LINES ? 1 : 2],
    ] as const) {
      pen.beginPath();
      for (const [from, to] of lines) {
        pen.moveTo(at.x(from.x), at.y(from.y));
        pen.lineTo(at.x(to.x), at.y(to.y));
      }
      pen.strokeStyle = colour;
      pen.lineWidth = wide;
      pen.stroke();
    }
    const isClass = dataset.task !== 'regression';
    const wrong = models.wrong.value;
    const { columns } = pass.inputs;
    const areRinged = isClass && areFew(wrong);
    const ys = Float64Array.from(columns, (example) => sample.y[example]);
    const order = smallClassesLast(ys, isClass ? dataset.classes.length : 0);
    for (const j of chosenLast(context, order, (k) => columns[k])) {
      const example = columns[j];
      drawPoint(
        pen,
        {
          ...{ x: at.x(across[j]), y: at.y(up ? up[j] : 0) },
          k: isClass ? ys[j] : null,
          colour: isClass ? classColour(colours, ys[j]) : diverging(colours, ys[j], 2),
          isTest: sample.test[example] > 0,
          isWrong: areRinged && wrong[example] > 0,
          ...standing(context, example, columns.length),
        },
        colours,
      );
    }
    pen.restore();
  };

  const places = (width: number, height: number): Placed[] => {
    const current = shown();
    if (!current) return [];
    const at = placeOn(width, height, current);
    return current.pass.inputs.columns.map((example, j) => ({
      example,
      x: at.x(current.across[j]),
      y: at.y(current.up?.[j] ?? 0),
    }));
  };
  const pointedText = (): string => {
    const current = shown();
    const example = pointed.value?.example ?? null;
    const j = example === null ? -1 : (current?.pass.inputs.columns.indexOf(example) ?? -1);
    if (!current || example === null || j < 0) return '';
    const { space, across, up } = current;
    const where = [
      `a${space.across + 1} = ${full(across[j])}`,
      ...(up && space.up !== null ? [`a${space.up + 1} = ${full(up[j])}`] : []),
    ].join(', ');
    const answer = answerText(run, outputAtPoint(space, across[j], up?.[j] ?? 0));
    return `${exampleText(context, example)}: ${where}. On this plane ${answer}`;
  };

  return {
    name: 'hiddenSpace',
    title: () => 'Hidden space',
    controls: () => <PairChoice context={context} />,
    view: () => {
      const current = shown();
      if (!current) return <p class="caption">There is no hidden layer.</p>;
      const line = current.space.line;
      return (
        <>
          <PointMap
            class="map space"
            {...{ context, draw, pointed, places }}
            order={current.pass.inputs.columns}
            data={{
              'data-line': line ? `${line.wx} ${line.wy} ${line.c}` : undefined,
              'data-borders': bordersOf(current.space)
                .map(({ classes }) => classes.join('-'))
                .join(' '),
            }}
            aria-label={`The examples in the coordinates of two hidden units. ${MAP_KEYS}`}
          />
          <Legend context={context} />
          <Hover text={pointedText()} otherwise={rowText(context, MAP_HINT)} />
          <RowValues context={context} />
        </>
      );
    },
    caption: () => {
      const current = shown();
      const { network, dataset } = run.view.value;
      if (!current || !network || !dataset) return '';
      const units = network.sizes[network.sizes.length - 2];
      const others =
        units > 2
          ? ` The other ${units === 3 ? 'unit is' : `${units - 2} units are`} at their mean, so examples may lie off this plane.`
          : '';
      const { line } = current.space;
      const what = {
        sigmoid: `Line: z of the output is 0, so that P(${nameOf(dataset.target)} = ${nameOf(dataset.classes[1] ?? '')}) is one half${line ? ` (${equationOf(current.space)})` : ''}.`,
        softmax: `Colours: the likeliest class. Lines: where the two largest z are equal${units <= 2 ? ', exactly, as there are no other units' : ''}.`,
        linear: `Colours: ${nameOf(dataset.target)} as the output has it, which rises along a straight line.`,
      }[network.output];
      const rings =
        dataset.task !== 'regression' && areFew(models.wrong.value) ? ' Ringed: predicted wrongly.' : '';
      return `The examples as the output sees them: what the last hidden layer has made of the table. ${what}${others}${rings} ${CROSS_HAIR} ${sampleCaption(context)}`;
    },
    numbers: () => {
      const current = shown();
      if (!current) return { columns: [], rows: [] };
      const { space, sample, across, up, pass, dataset } = current;
      return {
        columns: [
          'Line',
          nameOf(dataset.target),
          `a${space.across + 1}`,
          ...(space.up === null ? [] : [`a${space.up + 1}`]),
        ],
        rows: pass.inputs.columns.map((example, j) => [
          sample.lines[example],
          dataset.task === 'regression' ? sample.y[example] : nameOf(dataset.classes[sample.y[example]]),
          ...(up ? [across[j], up[j]] : [across[j]]),
        ]),
      };
    },
    drawing: () =>
      shown()
        ? stacked([
            withClasses(context, { draw, width: 560, height: 420 }),
            lineOfText(context.palette.value, `Ringed: predicted wrongly. ${CROSS_HAIR}`),
          ])
        : null,
  };
}

/** More lines than these are drawn thinner. */
const FEW_LINES = 6;

const bordersOf = (space: HiddenSpace): Border[] =>
  space.output.network.output === 'softmax' ? classBorders(space) : [];

/** What parts the classes. */
function linesOf(space: HiddenSpace): (readonly [Point, Point])[] {
  const line = space.output.network.output === 'sigmoid' ? lineThrough(space) : null;
  return line ? [line] : bordersOf(space).map(({ from, to }) => [from, to] as const);
}

/** Rings around most of the examples would say nothing and hide them. */
const areFew = (wrong: Uint8Array): boolean => wrong.reduce((sum, is) => sum + is, 0) <= wrong.length / 3;

/** `1.2 a1 − 0.4 a3 + 0.1 = 0`. */
function equationOf({ across, up, line }: HiddenSpace): string {
  if (!line) return '';
  const term = (value: number, name: string) => `${value < 0 ? '−' : '+'} ${short(Math.abs(value))}${name}`;
  const terms = [
    `${short(line.wx)} a${across + 1}`,
    ...(up === null ? [] : [term(line.wy, ` a${up + 1}`)]),
    term(line.c, ''),
  ];
  return `${terms.join(' ')} = 0`;
}

/** The chosen pair of units; until one is chosen, those from which the largest weights lead out. */
export function pairOf({ run, choices }: LensContext): readonly [number, number | null] {
  const { network } = run.view.value;
  const output = run.parameters.value?.at(-1);
  const units = network?.sizes.at(-2) ?? 1;
  const chosen = choices.pair.value;
  if (units > 1 && chosen && chosen.every((unit) => unit < units)) return chosen;
  return output && output.W.cols === units ? busiestPair(output.W) : [0, units > 1 ? 1 : null];
}

/** Which two units; one of the two that is chosen for the other changes places with it. */
function PairChoice({ context }: { context: LensContext }) {
  const { run, choices } = context;
  const sizes = run.view.value.network?.sizes ?? [];
  const units = sizes.length < 3 ? 0 : (sizes.at(-2) ?? 0);
  const [across, up] = pairOf(context);
  if (units < 2 || up === null) return null;
  const choose = (which: 0 | 1, unit: number) => {
    const pair = [across, up] as const;
    const other = pair[1 - which] === unit ? pair[which] : pair[1 - which];
    choices.pair.value = which === 0 ? [unit, other] : [other, unit];
  };
  return (
    <>
      {([0, 1] as const).map((which) => (
        <select
          key={which}
          aria-label={which === 0 ? 'Unit across' : 'Unit up'}
          value={[across, up][which]}
          onChange={({ currentTarget }) => choose(which, Number(currentTarget.value))}
        >
          {Array.from({ length: units }, (_, unit) => (
            <option key={unit} value={unit}>
              unit {unit + 1}
            </option>
          ))}
        </select>
      ))}
    </>
  );
}
