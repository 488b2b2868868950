import { layers } from '../../src/core/format';
import type { CandidateView, SearchView } from '../../src/protocol/find';

/** What is set of a key for a candidate; empty where a person has set it, or it makes no difference. */
export const setOf = ({ set }: CandidateView, key: string): string =>
  set.find((each) => each.key === key)?.value.replaceAll('"', '') ?? '';

/** The line that is what it is without a hidden unit, else the units of each layer. */
export const networkName = ({ sizes }: CandidateView): string =>
  sizes.length === 2 ? 'straight line' : layers(sizes);

/** A candidate on the picture: how many numbers it learns, to what score. */
export interface FoundPoint {
  readonly candidate: CandidateView;
  /** From 0 to 1, by the logarithm of how many numbers it learns. */
  readonly across: number;
  readonly score: number;
  readonly deviation: number;
  /** Whether it was trained on as many folds as any. */
  readonly isWhole: boolean;
  readonly isBest: boolean;
}

/** Those that could be trained, from the fewest numbers to the most. */
export function pointsOf(search: SearchView | null): FoundPoint[] {
  const tried = search?.tried.filter(({ mean }) => mean !== null) ?? [];
  const folds = Math.max(0, ...tried.map((each) => each.folds));
  const places = tried.map(({ parameters }) => Math.log(parameters));
  const [low, high] = [Math.min(...places), Math.max(...places)];
  return tried
    .map((candidate, k) => ({
      candidate,
      across: high > low ? (places[k] - low) / (high - low) : 0.5,
      ...{ score: candidate.mean ?? NaN, deviation: candidate.deviation ?? 0 },
      ...{ isWhole: candidate.folds === folds, isBest: candidate.index === search?.best },
    }))
    .sort((a, b) => a.across - b.across || a.score - b.score);
}

/** Room for the scores of those that were trained on all folds; far below them it is not looked at any more. */
export function scoreRange(points: readonly FoundPoint[]): { readonly from: number; readonly to: number } {
  const whole = points.filter(({ isWhole }) => isWhole);
  if (whole.length === 0) return { from: 0, to: 1 };
  const low = Math.min(...whole.map(({ score, deviation }) => score - deviation));
  const high = Math.max(...whole.map(({ score, deviation }) => score + deviation));
  const margin = Math.max(0.01, (high - low) * 0.08);
  return { from: Math.max(-0.5, low) - margin, to: Math.min(1, high + margin) };
}
