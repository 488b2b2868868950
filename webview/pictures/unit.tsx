import { computed, signal } from '@preact/signals';
import { count, full, short, whole } from '../../src/core/format';
import { unitCheck, type UnitCode } from '../../src/core/verdicts/unitChecks';
import type { UnitVerdict } from '../../src/core/verdicts/unitVerdicts';
import { evidenceOf, unitNames, unitWords } from '../../src/sentences/units';
import { chosenUnit } from '../model/chosenUnit';
import { nodeName } from '../model/diagram';
import { BINS, binOf, curveAt, edgesOf, rangeOfA, slopeAt } from '../model/histogram';
import { ticks } from '../ui/axes';
import { Canvas } from '../ui/canvas';
import { cellAfter } from '../ui/cells';
import type { LensContext } from '../ui/context';
import { Hover, nameOf } from '../ui/examples';
import { FindingIcon } from '../ui/findings';
import { withClasses } from '../ui/legendDrawing';
import type { Draw, Pen } from '../ui/pen';
import type { Picture } from './picture';
import { aToY, drawUnitPlot, unitPlot, type Area } from './unitDrawing';

const LEFT = 40;
const RIGHT = 34;
const TOP = 8;
const BOTTOM = 34;

/** The chosen unit: its histogram on its activation, large, with its verdict and what that goes by. */
export function unitPicture(context: LensContext): Picture {
  const { run, models, choices, palette } = context;
  const pointed = signal<number | null>(null);
  const chosen = () => chosenUnit(run, choices);
  const plot = computed(() => {
    const unit = chosen();
    return unit && unitPlot(context, unit.layer, unit.unit, unit.curve);
  });
  const plotOf = () => plot.value;
  const draw: Draw = (pen, width, height) => {
    const plot = plotOf();
    if (!plot) return;
    const area = { x: LEFT, y: TOP, width: width - LEFT - RIGHT, height: height - TOP - BOTTOM };
    drawUnitPlot(pen, area, plot, palette.value, true);
    drawFrame(pen, area, plot);
    const bin = pointed.value;
    if (bin === null) return;
    const wide = area.width / BINS;
    pen.strokeStyle = palette.value.text;
    pen.lineWidth = 1;
    pen.strokeRect(area.x + bin * wide, area.y + 0.5, wide, area.height - 1);
  };

  function drawFrame(pen: Pen, area: Area, { histogram, curve }: NonNullable<ReturnType<typeof plotOf>>) {
    const { grid, muted, text } = palette.value;
    pen.strokeStyle = grid;
    pen.lineWidth = 1;
    pen.strokeRect(area.x + 0.5, area.y + 0.5, area.width - 1, area.height - 1);
    pen.font = '11px sans-serif';
    pen.fillStyle = muted;
    pen.textBaseline = 'top';
    pen.textAlign = 'center';
    for (const tick of ticks(histogram.from, histogram.to)) {
      const x = area.x + ((tick - histogram.from) / (histogram.to - histogram.from)) * area.width;
      pen.fillText(short(tick), x, area.y + area.height + 4);
    }
    pen.textBaseline = 'middle';
    if (curve !== 'softmax') {
      const range = rangeOfA(curve, histogram);
      const py = aToY(area, range);
      pen.textAlign = 'right';
      for (const tick of ticks(range.from, range.to)) pen.fillText(short(tick), area.x - 5, py(tick));
    }
    pen.textAlign = 'left';
    pen.fillText(whole(histogram.most), area.x + area.width + 4, area.y + area.height * 0.14);
    pen.fillText('0', area.x + area.width + 4, area.y + area.height - 4);
    pen.fillStyle = text;
    pen.textAlign = 'center';
    pen.textBaseline = 'bottom';
    pen.fillText('z', area.x + area.width / 2, area.y + area.height + BOTTOM);
    pen.textBaseline = 'top';
    pen.textAlign = 'left';
    if (curve !== 'softmax') pen.fillText('a', 4, area.y);
    pen.textAlign = 'right';
    pen.fillText('rows', area.x + area.width + RIGHT, area.y);
  }

  const under = (event: MouseEvent): number | null => {
    const { left, width } = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const across = (event.clientX - left - LEFT) / (width - LEFT - RIGHT);
    return across >= 0 && across < 1 ? Math.floor(across * BINS) : null;
  };
  /** What is in the bin that is pointed at. */
  const pointedText = (): string => {
    const plot = plotOf();
    const bin = pointed.value;
    if (!plot || bin === null) return '';
    const { histogram, curve } = plot;
    const { from, to } = edgesOf(histogram, bin);
    const middle = (from + to) / 2;
    const { dataset } = run.view.value;
    const rows = histogram.groups.reduce((sum, counts) => sum + counts[bin], 0);
    const parts = histogram.groups.flatMap((counts, k) =>
      counts[bin] > 0 && dataset && dataset.classes.length > 0
        ? [`${nameOf(dataset.classes[k])} ${whole(counts[bin])}`]
        : [],
    );
    const g =
      curve === 'softmax'
        ? ''
        : `. g(${short(middle)}) = ${full(curveAt(curve, middle))}, slope ${full(slopeAt(curve, middle))}`;
    const classes =
      parts.length > 0
        ? ` (${nameOf(dataset?.target ?? '')}: ${parts.slice(0, 4).join(', ')}${parts.length > 4 ? ', …' : ''})`
        : '';
    return `z from ${short(from)} to ${short(to)}: ${count(rows, 'row')}${classes}${g}`;
  };

  return {
    name: 'unit',
    title: () => {
      const unit = chosen();
      return unit ? `${capital(nodeName(run, unit.layer, unit.unit))}, layer ${unit.layer}` : 'Unit';
    },
    view: () => (
      <>
        <Canvas
          class="map unitPlot"
          draw={draw}
          role="img"
          tabIndex={0}
          aria-label={`How the z of the chosen unit are spread, on its activation. The left and right keys go through them.`}
          data-bins={plotOf()
            ?.histogram.groups.map((counts) => counts.join(' '))
            .join(';')}
          onMouseMove={(event) => (pointed.value = under(event))}
          onMouseLeave={() => (pointed.value = null)}
          onBlur={() => (pointed.value = null)}
          onKeyDown={(event) => {
            const plot = plotOf();
            const from =
              pointed.value ?? (plot?.followed ? binOf(plot.histogram, plot.followed.z) : BINS / 2);
            const to = cellAfter(event.key, { row: 0, col: from }, 1, BINS);
            if (!to) return;
            pointed.value = to.col;
            event.preventDefault();
          }}
        />
        <Hover text={pointedText()} otherwise="Point for exact numbers." />
        <Verdict context={context} />
      </>
    ),
    caption: () => {
      const rows = models.examples.value?.A[0].cols ?? 0;
      return `Bars: ${count(rows, 'example')} by their z. Line: a = g(z). Dashed: its slope, as a share of its largest. Shaded: the slope is at most 1 % of the largest. Cross-hair: the followed example.${choices.rows.value ? ' Strokes: those that are chosen with it.' : ''}`;
    },
    numbers: () => {
      const plot = plotOf();
      if (!plot) return { columns: [], rows: [] };
      const { dataset } = run.view.value;
      const names = plot.histogram.groups.map((_, k) =>
        dataset?.classes[k] === undefined ? 'Rows' : nameOf(dataset.classes[k]),
      );
      return {
        columns: ['z from', 'to', ...names],
        rows: Array.from({ length: BINS }, (_, bin) => {
          const { from, to } = edgesOf(plot.histogram, bin);
          return [from, to, ...plot.histogram.groups.map((counts) => counts[bin])];
        }),
      };
    },
    drawing: () => (plotOf() ? withClasses(context, { draw, width: 560, height: 300 }) : null),
  };
}

const capital = (text: string) => (text.startsWith('unit') ? `U${text.slice(1)}` : text);

/** What the checks say of the chosen unit, what that means, and the numbers that they go by. */
function Verdict({ context }: { context: LensContext }) {
  const { run, models, choices } = context;
  const unit = chosenUnit(run, choices);
  const verdict = unit && models.verdicts.value?.layers[unit.layer - 1]?.[unit.unit];
  if (!unit || !verdict) {
    return (
      <p class="caption">
        {unit?.isOutput ? 'The checks are of hidden units: the output is meant to be as sure as it can.' : ''}
      </p>
    );
  }
  const { facts, codes } = verdict;
  return (
    <div class="verdictOf" data-verdict={verdict.code}>
      {codes.map((code) => (
        <div key={code}>
          <p>
            <FindingIcon weight={unitCheck(code).weight(facts)} /> <b>{sentenceOf(context, verdict, code)}</b>
          </p>
          <p class="caption">{unitWords(code).meaning}</p>
        </div>
      ))}
      <dl class="evidence">
        {evidenceOf(facts).map(({ name, text, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd data-value={value} title={full(value)}>
              {text}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** The sentence of a check: of the unit alone, or of all that are the same as it. */
function sentenceOf({ run, models }: LensContext, { facts }: UnitVerdict, code: UnitCode): string {
  const { layer, unit, same, opposite } = facts;
  const twins = code === 'same' ? [unit, ...same, ...opposite].sort((a, b) => a - b) : [unit];
  const all = models.verdicts.value?.layers[layer - 1] ?? [];
  const units = twins.map((k) => all[k].facts);
  const { says, because } = unitWords(code);
  const hiddenLayers = (run.view.value.network?.sizes.length ?? 3) - 2;
  const why = because(units);
  return `${capital(unitNames(twins, layer, hiddenLayers))} ${says(units)}${why === '' ? '' : `: ${why}`}.`;
}
