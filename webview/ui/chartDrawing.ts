import { BasicPlatform, Chart, type ChartConfiguration } from 'chart.js';
import type { Draw, Pen } from './pen';

/** Chart.js moves and clears its whole canvas by these; a chart that stands in a picture may not. */
const OF_THE_CANVAS: readonly PropertyKey[] = ['setTransform', 'resetTransform', 'clearRect'];

/** A chart of Chart.js, drawn anew by a pen. */
export const chartDrawing =
  <Data>(configuration: ChartConfiguration<'line', Data>): Draw =>
  (pen, width, height) => {
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext('2d');
    if (!context) return;
    let target: Pen | null = null;
    const relay = relayOf(context, () => target);
    const chart = new Chart<'line', Data>(Object.assign(canvas, { getContext: () => relay }), {
      ...configuration,
      platform: BasicPlatform,
      // Lines whose segments may have a style of their own are drawn without `Path2D`, which no pen could write down.
      data: { datasets: configuration.data.datasets.map((dataset) => ({ ...dataset, segment: {} })) },
      options: { ...configuration.options, responsive: false, devicePixelRatio: 1, events: [] },
    });
    // What it has drawn so far is on the canvas, which nobody sees: it is laid out.
    target = pen;
    pen.save();
    chart.draw();
    pen.restore();
    chart.destroy();
  };

/** A context that does on a pen what the pen can do, and all else on its canvas. */
function relayOf(context: CanvasRenderingContext2D, pen: () => Pen | null): CanvasRenderingContext2D {
  const targetFor = (key: PropertyKey): object => {
    const now = pen();
    return now && key !== 'canvas' && !OF_THE_CANVAS.includes(key) && key in now ? now : context;
  };
  return new Proxy(context, {
    get: (_, key) => {
      const target = targetFor(key);
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? (value as (...args: unknown[]) => unknown).bind(target) : value;
    },
    set: (_, key, value) => {
      const target = targetFor(key);
      return Reflect.set(target, key, value, target);
    },
  });
}
