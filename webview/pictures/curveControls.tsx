import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { COST_SCALES, CURVES, type Curve } from '../keptChoices';
import { panned, SPACINGS, zoomed, type EpochWindow } from '../model/epochWindow';
import type { LensContext } from '../ui/context';
import { Icon, type IconName } from '../ui/icon';
import { scoreTitle } from '../ui/scoreName';
import { windowsOf, type CostLine } from './curveData';

/** One press of a key, or one turn of the wheel, shows so much more. */
const STEP = 1.5;
/** Share of the width that a key moves the window by. */
const PAN = 0.2;

/** What a curve is called. */
export function curveTitle(context: LensContext, curve: Curve): string {
  switch (curve) {
    case 'cost':
      return 'Cost';
    case 'score':
      return scoreTitle(context);
    case 'gradient':
      return 'Gradient norm';
    case 'update':
      return 'Update / weight';
    case 'rate':
      return 'Learning rate';
    default:
      return curve satisfies never;
  }
}

/** Shows other epochs of the run; null: all. */
function show({ run, choices }: LensContext, window: EpochWindow | null): void {
  choices.zoom.value = window && { run: run.id, ...window };
}

/** Zooms around an epoch, or the middle. */
export function zoom(context: LensContext, factor: number, around: number | null = null): void {
  const { whole, shown } = windowsOf(context);
  const spacing = context.choices.epochScale.value;
  const middle = spacing === 'log' ? Math.sqrt(shown.from * shown.to) : (shown.from + shown.to) / 2;
  const inside = around !== null && around >= shown.from && around <= shown.to;
  show(context, zoomed(shown, whole, factor, inside ? around : middle, spacing));
}

export function pan(context: LensContext, share: number): void {
  const { whole, shown } = windowsOf(context);
  if (context.choices.zoom.value)
    show(context, panned(shown, whole, share, context.choices.epochScale.value));
}

/** What a key does to the epochs that are shown; false where it does nothing. */
export function onWindowKey(context: LensContext, event: KeyboardEvent, pointed: number | null): boolean {
  const { key, shiftKey } = event;
  if (key === '+' || key === '=') zoom(context, 1 / STEP, pointed);
  else if (key === '-' || key === '_') zoom(context, STEP, pointed);
  else if (key === '0') show(context, null);
  else if (shiftKey && key === 'ArrowLeft') pan(context, -PAN);
  else if (shiftKey && key === 'ArrowRight') pan(context, PAN);
  else return false;
  return true;
}

/** Lets the wheel with Ctrl zoom, and a drag move, the chart on a canvas. */
export function useWheelAndDrag(
  context: LensContext,
  canvas: { readonly current: HTMLCanvasElement | null },
  chart: { readonly current: CostLine | undefined },
): void {
  const from = useSignal<number | null>(null);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return undefined;
    const scale = () => chart.current?.scales['x'];
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const around = scale()?.getValueForPixel(event.offsetX) ?? null;
      zoom(context, event.deltaY > 0 ? STEP : 1 / STEP, around);
    };
    const onDown = (event: PointerEvent) => {
      if (event.button !== 0 || !context.choices.zoom.value) return;
      from.value = event.clientX;
      element.setPointerCapture(event.pointerId);
    };
    const onMove = (event: PointerEvent) => {
      const width = scale()?.width ?? 0;
      if (from.value === null || width === 0) return;
      pan(context, (from.value - event.clientX) / width);
      from.value = event.clientX;
    };
    const onUp = () => (from.value = null);
    // Not passive: the page must not zoom as well.
    element.addEventListener('wheel', onWheel, { passive: false });
    element.addEventListener('pointerdown', onDown);
    element.addEventListener('pointermove', onMove);
    element.addEventListener('pointerup', onUp);
    element.addEventListener('pointercancel', onUp);
    return () => {
      element.removeEventListener('wheel', onWheel);
      element.removeEventListener('pointerdown', onDown);
      element.removeEventListener('pointermove', onMove);
      element.removeEventListener('pointerup', onUp);
      element.removeEventListener('pointercancel', onUp);
    };
  }, []);
}

/** Which curve, on what scales, and which of its epochs. */
export function CurveControls({ context }: { context: LensContext }) {
  const { curve, costScale, epochScale, zoom: chosen } = context.choices;
  const isZoomed = chosen.value?.run === context.run.id;
  const tool = (label: string, icon: IconName, isEnabled: boolean, act: () => void) => (
    <button class="tool" title={label} aria-label={label} aria-disabled={!isEnabled} onClick={act}>
      <Icon name={icon} />
    </button>
  );
  return (
    <>
      <select
        aria-label="Curve"
        value={curve.value}
        onChange={({ currentTarget: { value } }) =>
          (curve.value = CURVES.find((each) => each === value) ?? 'cost')
        }
      >
        {CURVES.map((each) => (
          <option key={each} value={each}>
            {curveTitle(context, each)}
          </option>
        ))}
      </select>
      <select
        aria-label="Scale of the values"
        disabled={curve.value === 'score'}
        value={costScale.value}
        onChange={({ currentTarget: { value } }) =>
          (costScale.value = COST_SCALES.find((each) => each === value) ?? 'auto')
        }
      >
        <option value="auto">auto scale</option>
        <option value="linear">linear</option>
        <option value="log">log</option>
      </select>
      <select
        aria-label="Scale of the epochs"
        value={epochScale.value}
        onChange={({ currentTarget: { value } }) =>
          (epochScale.value = SPACINGS.find((each) => each === value) ?? 'linear')
        }
      >
        <option value="linear">epochs</option>
        <option value="log">log epochs</option>
      </select>
      <span class="zoom">
        {tool('Show fewer epochs (+)', 'zoom-in', true, () => zoom(context, 1 / STEP))}
        {tool('Show more epochs (−)', 'zoom-out', isZoomed, () => zoom(context, STEP))}
        {tool('Show all epochs (0)', 'screen-normal', isZoomed, () => show(context, null))}
      </span>
    </>
  );
}
