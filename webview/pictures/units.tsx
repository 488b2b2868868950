import { count, whole } from '../../src/core/format';
import { unitCheck } from '../../src/core/verdicts/unitChecks';
import type { UnitVerdict } from '../../src/core/verdicts/unitVerdicts';
import { evidenceOf, unitWords } from '../../src/sentences/units';
import { chosenUnit, unitsOnPage } from '../model/chosenUnit';
import { nodeName } from '../model/diagram';
import { Canvas } from '../ui/canvas';
import type { LensContext } from '../ui/context';
import { Legend } from '../ui/examples';
import { FindingIcon } from '../ui/findings';
import { Icon } from '../ui/icon';
import { withClasses } from '../ui/legendDrawing';
import type { Draw } from '../ui/pen';
import type { Picture } from './picture';
import { drawEnds, drawUnitPlot, unitPlot } from './unitDrawing';

/** Of a tile where the picture stands alone. */
const WIDTH = 190;
const HEIGHT = 120;
const COLUMNS = 4;
const HEAD = 18;
/** Below a plot, for its ends. */
const FOOT = 14;

/** Each unit of a layer: the histogram of its z on its activation, small. */
export function unitsPicture(context: LensContext): Picture {
  const { run, choices } = context;
  const chosen = () => chosenUnit(run, choices);
  return {
    name: 'units',
    title: () => {
      const unit = chosen();
      return unit?.isOutput ? 'Output units' : `Units of layer ${unit?.layer ?? 1}`;
    },
    controls: () => <LayerChoice context={context} />,
    view: () => {
      const unit = chosen();
      if (!unit) return null;
      return (
        <>
          <div class="tiles">
            {unitsOnPage(unit).map((k) => (
              <Tile key={`${unit.layer} ${k}`} context={context} layer={unit.layer} unit={k} />
            ))}
          </div>
          <Pager context={context} />
          <Legend context={context} />
        </>
      );
    },
    caption: () => {
      const unit = chosen();
      const g =
        unit?.curve === 'softmax'
          ? ''
          : ' Line: a = g(z). Dashed: its slope g′(z). Shaded: where that is at most 1 % of its largest, so that hardly any gradient passes.';
      return `Bars: the examples by their z, 0 in the middle.${g} Cross-hair: the followed example.${choices.rows.value ? ' Strokes: those that are chosen with it.' : ''}`;
    },
    numbers: () => {
      const unit = chosen();
      const verdicts =
        unit && !unit.isOutput ? context.models.verdicts.value?.layers[unit.layer - 1] : undefined;
      if (!verdicts || verdicts.length === 0) return { columns: [], rows: [] };
      return {
        columns: ['Unit', 'Verdict', ...evidenceOf(verdicts[0].facts).map(({ name }) => name)],
        rows: verdicts.map(({ facts, code }) => [
          facts.unit + 1,
          unitWords(code).mark(facts) || code,
          ...evidenceOf(facts).map(({ value }) => value),
        ]),
      };
    },
    drawing: () => {
      const unit = chosen();
      if (!unit || !context.models.examples.value) return null;
      const rows = Math.ceil(unitsOnPage(unit).length / COLUMNS);
      const tiles = { draw: allTiles(context), width: COLUMNS * WIDTH, height: rows * HEIGHT };
      return withClasses(context, tiles);
    },
  };
}

/** A unit: a button that chooses it. */
function Tile({ context, layer, unit }: { context: LensContext; layer: number; unit: number }) {
  const { run, choices, models, palette } = context;
  const chosen = chosenUnit(run, choices);
  if (!chosen) return null;
  const draw: Draw = (pen, width, height) => {
    const plot = unitPlot(context, layer, unit, chosen.curve);
    if (!plot) return;
    const area = { x: 0, y: 0, width, height: height - FOOT };
    drawUnitPlot(pen, area, plot, palette.value, false);
    drawEnds(pen, area, plot.histogram, palette.value);
  };
  const verdict = models.verdicts.value?.layers[layer - 1]?.[unit];
  const name = nodeName(run, layer, unit);
  return (
    <button
      class="tile"
      aria-pressed={chosen.unit === unit}
      data-unit={`${layer}-${unit}`}
      title={name}
      onClick={() => (choices.neuron.value = { layer, unit })}
    >
      <span class="name">{name}</span>
      <Canvas class="tilePlot" draw={draw} aria-hidden="true" />
      {verdict && (
        <span class="verdict" data-mark={verdict.code}>
          <FindingIcon weight={unitCheck(verdict.code).weight(verdict.facts)} />
          {saidOf(verdict)}
        </span>
      )}
    </button>
  );
}

/** `saturated 71 %`, or that nothing is wrong. */
export const saidOf = ({ code, facts }: UnitVerdict): string => unitWords(code).mark(facts) || 'healthy';

/** Which layer; where there are more units than fit, which of them. */
function LayerChoice({ context: { run, choices } }: { context: LensContext }) {
  const chosen = chosenUnit(run, choices);
  const sizes = run.view.value.network?.sizes ?? [];
  if (!chosen || sizes.length <= 2) return null;
  return (
    <select
      aria-label="Layer of the units"
      value={chosen.layer}
      onChange={({ currentTarget }) =>
        (choices.neuron.value = { layer: Number(currentTarget.value), unit: 0 })
      }
    >
      {sizes.slice(1).map((units, k) => (
        <option key={k} value={k + 1}>
          {k + 2 === sizes.length
            ? `Output (${count(units, 'unit')})`
            : `Layer ${k + 1} (${count(units, 'unit')})`}
        </option>
      ))}
    </select>
  );
}

function Pager({ context: { run, choices } }: { context: LensContext }) {
  const chosen = chosenUnit(run, choices);
  if (!chosen) return null;
  const shown = unitsOnPage(chosen);
  if (shown.length === chosen.units) return null;
  const [first, last] = [shown[0], shown[shown.length - 1]];
  const go = (unit: number) => (choices.neuron.value = { layer: chosen.layer, unit });
  return (
    <p class="pager">
      <button
        class="tool"
        aria-label="Units before"
        title="Units before"
        aria-disabled={first === 0}
        onClick={() => first > 0 && go(first - 1)}
      >
        <Icon name="chevron-left" />
      </button>
      <span>
        Units {whole(first + 1)} to {whole(last + 1)} of {whole(chosen.units)}
      </span>
      <button
        class="tool"
        aria-label="Units after"
        title="Units after"
        aria-disabled={last + 1 === chosen.units}
        onClick={() => last + 1 < chosen.units && go(last + 1)}
      >
        <Icon name="chevron-right" />
      </button>
    </p>
  );
}

/** The tiles on one surface; on the page they are buttons. */
function allTiles(context: LensContext): Draw {
  const { run, choices, models, palette } = context;
  return (pen) => {
    const chosen = chosenUnit(run, choices);
    if (!chosen) return;
    const colours = palette.value;
    unitsOnPage(chosen).forEach((unit, k) => {
      const plot = unitPlot(context, chosen.layer, unit, chosen.curve);
      if (!plot) return;
      const [x, y] = [(k % COLUMNS) * WIDTH + 6, Math.floor(k / COLUMNS) * HEIGHT];
      const area = { x, y: y + HEAD, width: WIDTH - 12, height: HEIGHT - HEAD - FOOT - 6 };
      const verdict = models.verdicts.peek()?.layers[chosen.layer - 1]?.[unit];
      pen.fillStyle = colours.text;
      pen.font = '11px sans-serif';
      pen.textAlign = 'left';
      pen.textBaseline = 'top';
      const said = verdict ? `: ${saidOf(verdict)}` : '';
      pen.fillText(`${nodeName(run, chosen.layer, unit)}${said}`, x, y + 2, area.width);
      drawUnitPlot(pen, area, plot, colours, false);
      drawEnds(pen, area, plot.histogram, colours);
    });
  };
}
