/** How epochs are spaced: evenly, or by powers of ten. */
export const SPACINGS = ['linear', 'log'] as const;
export type Spacing = (typeof SPACINGS)[number];

/** The epochs that a chart shows, `from` below `to`. */
export interface EpochWindow {
  readonly from: number;
  readonly to: number;
}

/** A window is never narrower than this many epochs. */
const LEAST = 4;

/** All epochs up to the last one; 0 stands on no logarithmic scale. */
export const wholeWindow = (last: number, spacing: Spacing): EpochWindow => ({
  from: spacing === 'log' ? 1 : 0,
  to: Math.max(spacing === 'log' ? 10 : 1, last),
});

/** Makes a window `factor` times as wide, around an epoch that stays where it is; null: all is shown. */
export function zoomed(
  window: EpochWindow,
  whole: EpochWindow,
  factor: number,
  around: number,
  spacing: Spacing,
): EpochWindow | null {
  const { place, epochAt } = axisOf(spacing);
  const [from, to, fixed] = [place(window.from), place(window.to), place(around)];
  const [low, high] = [fixed - factor * (fixed - from), fixed + factor * (to - fixed)];
  if (epochAt(high) - epochAt(low) >= LEAST || factor >= 1) return within(low, high, whole, spacing);
  return window.to - window.from <= LEAST ? window : centred(around, whole);
}

/** Moves a window by a share of its width, as far as there are epochs. */
export function panned(
  window: EpochWindow,
  whole: EpochWindow,
  share: number,
  spacing: Spacing,
): EpochWindow | null {
  const { place } = axisOf(spacing);
  const by = share * (place(window.to) - place(window.from));
  return within(place(window.from) + by, place(window.to) + by, whole, spacing);
}

/** Moves a window as little as lets it show an epoch. */
export function showing(
  window: EpochWindow,
  whole: EpochWindow,
  epoch: number,
  spacing: Spacing,
): EpochWindow | null {
  const { place } = axisOf(spacing);
  const width = place(window.to) - place(window.from);
  const past =
    epoch < window.from
      ? place(epoch) - place(window.from)
      : epoch > window.to
        ? place(epoch) - place(window.to)
        : 0;
  return past === 0 ? window : panned(window, whole, past / width, spacing);
}

const centred = (epoch: number, whole: EpochWindow): EpochWindow | null =>
  within(epoch - LEAST / 2, epoch + LEAST / 2, whole, 'linear');

/** What lies between two places of the axis, as wide, but within all epochs; null where it shows all. */
function within(left: number, right: number, whole: EpochWindow, spacing: Spacing): EpochWindow | null {
  const { place, epochAt } = axisOf(spacing);
  const [low, high] = [place(whole.from), place(whole.to)];
  const width = right - left;
  // Rounding may leave a window that was all by a hair.
  if (width >= (high - low) * (1 - 1e-9)) return null;
  const from = Math.min(Math.max(left, low), high - width);
  return { from: epochAt(from), to: epochAt(from + width) };
}

function axisOf(spacing: Spacing) {
  return spacing === 'log'
    ? { place: (epoch: number) => Math.log10(Math.max(1, epoch)), epochAt: (at: number) => 10 ** at }
    : { place: (epoch: number) => epoch, epochAt: (at: number) => at };
}
