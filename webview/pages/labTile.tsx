import { signal, type ReadonlySignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { count, full, score, short, whole } from '../../src/core/format';
import type { CurvePoint } from '../../src/core/history';
import type { Measure } from '../../src/core/trainer';
import type { Parameters } from '../../src/core/network';
import { unitFindings } from '../../src/core/verdicts/unitVerdicts';
import { findingText } from '../../src/sentences/runs';
import { unitFindingShort, unitFindingText } from '../../src/sentences/units';
import { curveOf } from '../model/curve';
import { heightOf, runOfTile, type CostRange, type Tile, type Turns } from '../model/lab';
import { createModels } from '../model/models';
import { outputDrawing } from '../pictures/outputDrawing';
import { Canvas } from '../ui/canvas';
import type { LensContext } from '../ui/context';
import { FindingIcon } from '../ui/findings';
import type { Draw } from '../ui/pen';
import { scoreName } from '../ui/scoreName';

/** A sentence would not fit: the rest is on the page of the neurons, once the tile is adopted. */
const MOST_FINDINGS = 2;
/** Of more hidden units it would take too long, for a tile, to say how they are. */
const MOST_JUDGED = 200;
/** For the ends of the scale, beside the curve. */
const ROOM = 44;

interface TileProps {
  readonly context: LensContext;
  readonly tile: Tile;
  /** Of the costs of all tiles. */
  readonly range: ReadonlySignal<CostRange | null>;
  readonly turns: Turns;
  /** Whether the experiment is, and no other is under way. */
  readonly isOver: boolean;
  adopt(): void;
}

/** One variant: what it predicts, how its cost went, and what the checks say of it. */
export function LabTile({ context, tile, range, turns, isOver, adopt }: TileProps) {
  const { run, models, dispose, drawMap } = useMemo(() => tileModels(context, tile, turns), [context, tile]);
  useEffect(() => dispose, [dispose]);
  const drawCost = useMemo(() => costDrawing(context, run, range), [context, run, range]);
  const { label, status, epochs, why, sizes } = tile.view.value;
  const measure = run.measure.value;
  const score = scoreName(context);
  const isReady = isOver && (status === 'finished' || status === 'diverged');
  return (
    <li
      class={isReady ? 'labTile ready' : 'labTile'}
      data-tile={label}
      data-status={status}
      onClick={(event) => {
        if (isReady && isMeant(event)) adopt();
      }}
    >
      <h3>{label}</h3>
      <Canvas
        class="map"
        draw={drawMap}
        role="img"
        data-drawn={models.grid.value ? 'yes' : 'no'}
        aria-label={`What the network predicts, trained as ${label}`}
      />
      <Canvas
        class="tilePlot"
        draw={drawCost}
        role="img"
        aria-label={`Cost of ${label} over the epochs${measure ? `, now ${short(measure.trainCost)}` : ''}`}
      />
      <dl>
        <Score of={measure?.trainScore ?? null} name={`Training ${score}`} />
        <Score of={measure?.testScore ?? null} name={`Test ${score}`} />
      </dl>
      <p class="state">{stateText(status, measure, epochs)}</p>
      <ul class="verdicts">
        {why !== '' && <li>{why}</li>}
        <Verdicts models={models} sizes={sizes} isOver={status === 'finished' || status === 'diverged'} />
      </ul>
      <button
        class="secondary adopt"
        disabled={!isReady}
        title="Writes the settings of this variant for the file, and trains with them. So does a click on the tile."
      >
        Train with This
        <span class="spoken">: {label}</span>
      </button>
    </li>
  );
}

/** The second click of two would train once more; one that ends a selection of the tile's text is none on the tile. */
function isMeant({ detail, target, currentTarget }: MouseEvent): boolean {
  if (detail > 1) return false;
  if (target instanceof Element && target.closest('button')) return true;
  const selection = getSelection();
  const isOfText = selection !== null && !selection.isCollapsed;
  return !(isOfText && currentTarget instanceof Element && selection.containsNode(currentTarget, true));
}

function Score({ of, name }: { of: number | null; name: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd title={of === null ? '' : full(of)} data-value={of ?? undefined}>
        {of === null ? '–' : score(of)}
      </dd>
    </div>
  );
}

function stateText(status: string, measure: Measure | null, epochs: number): string {
  const epoch = whole(measure?.epoch ?? 0);
  switch (status) {
    case 'waiting':
      return 'not trained yet';
    case 'running':
      return `epoch ${epoch} of ${whole(epochs)}`;
    case 'diverged':
      return `diverged after epoch ${epoch}`;
    case 'failed':
      return 'not trained';
    default:
      return count(measure?.epoch ?? 0, 'epoch');
  }
}

interface VerdictsProps {
  readonly models: ReturnType<typeof createModels>;
  readonly isOver: boolean;
  /** The units of each layer. */
  readonly sizes: readonly number[];
}

function Verdicts({ models, isOver, sizes }: VerdictsProps) {
  if (!isOver) return null;
  const ofRun = (models.findings.value ?? []).slice(0, 1).map((finding) => ({
    code: finding.code,
    short: findingText(finding),
    text: findingText(finding),
    weight: finding.severity,
  }));
  const hasDiverged = ofRun.some(({ code }) => code === 'diverged');
  const units = sizes.slice(1, -1).reduce((sum, n) => sum + n, 0);
  const isJudged = units <= MOST_JUDGED && !hasDiverged;
  // Looked at where they are wanted only: each unit is compared with every other.
  const verdicts = isJudged ? models.verdicts.value : null;
  const ofUnits = (verdicts ? unitFindings(verdicts.layers) : []).map((finding) => ({
    code: finding.code,
    short: unitFindingShort(finding),
    text: unitFindingText(finding),
    weight: 'note' as const,
  }));
  const all = [...ofRun, ...ofUnits];
  if (all.length === 0) {
    return (
      <li data-finding="none">
        <FindingIcon weight="fine" /> {units > MOST_JUDGED ? 'nothing amiss in the curve' : 'nothing amiss'}
      </li>
    );
  }
  return (
    <>
      {all.slice(0, MOST_FINDINGS).map(({ code, short: said, text, weight }, k) => (
        <li key={k} title={text} data-finding={code}>
          <FindingIcon weight={weight} /> {said}
        </li>
      ))}
      {all.length > MOST_FINDINGS && <li>and {whole(all.length - MOST_FINDINGS)} more</li>}
    </>
  );
}

/** What is derived of a variant; its maps are computed one tile a frame. */
function tileModels(context: LensContext, tile: Tile, turns: Turns) {
  const run = runOfTile(context.run, tile);
  const parameters = signal<Parameters | null>(null);
  const stop = run.parameters.subscribe((latest) => {
    turns.ask(tile, () => (parameters.value = latest));
  });
  const shown = { ...run, parameters };
  const models = createModels(shown, context.choices, (work) => requestAnimationFrame(work));
  return {
    ...{ run, models },
    drawMap: outputDrawing({ ...context, run: shown, models }),
    dispose: () => {
      stop();
      models.dispose();
    },
  };
}

/** The costs of a variant over its epochs, on the scale that all share. */
const costDrawing =
  (
    { palette }: LensContext,
    run: ReturnType<typeof runOfTile>,
    range: ReadonlySignal<CostRange | null>,
  ): Draw =>
  (pen, width, height) => {
    const scale = range.value;
    const { train, test, gridLine, muted } = palette.value;
    const epochs = Math.max(1, run.live.value.epochs);
    pen.strokeStyle = gridLine;
    const right = width - ROOM;
    pen.strokeRect(0.5, 0.5, right - 1, height - 1);
    if (!scale) return;
    const curve = curveOf(run.points.value, run.measureNow.value);
    const draw = (colour: string, dash: number[], costOf: (point: CurvePoint) => number | null) => {
      pen.beginPath();
      let isBegun = false;
      for (const point of curve) {
        const cost = costOf(point);
        if (cost === null || !Number.isFinite(cost)) continue;
        const x = 1 + (point.epoch / epochs) * (right - 2);
        const y = 2 + (1 - heightOf(cost, scale)) * (height - 4);
        if (isBegun) pen.lineTo(x, y);
        else pen.moveTo(x, y);
        isBegun = true;
      }
      pen.strokeStyle = colour;
      pen.lineWidth = 1.75;
      pen.setLineDash(dash);
      pen.stroke();
      pen.setLineDash([]);
    };
    draw(test, [5, 3], ({ testCost }) => testCost);
    draw(train, [], ({ trainCost }) => trainCost);
    pen.fillStyle = muted;
    pen.font = '10px sans-serif';
    pen.textBaseline = 'top';
    pen.textAlign = 'right';
    pen.fillText(twoDigits(scale.to), width, 0, ROOM - 4);
    pen.textBaseline = 'bottom';
    pen.fillText(twoDigits(scale.from), width, height, ROOM - 4);
  };

/** An end of a scale, which has little room. */
const twoDigits = (x: number): string => short(Number(x.toPrecision(2)));
