import type { Matrix } from '../core/matrix';
import type { Scale } from '../core/scale';
import type { Network, Parameters } from '../core/network';

/** What an equation is copied with: a network at an epoch, and the examples it is computed over. */
export interface CopiedChain {
  readonly network: Network;
  readonly parameters: Parameters;
  /** (nx, m), as the network sees them. */
  readonly X: Matrix;
  /** (ny, m). */
  readonly Y: Matrix;
  /** What each example's loss counts, (m); 1 when left out. */
  readonly weights?: Float64Array;
  readonly file: string;
  readonly epoch: number;
  readonly features: readonly string[];
  readonly target: string;
  /** The scale of each row of X; left out where nothing is standardised. */
  readonly scales?: readonly Scale[];
  /** That of Y. */
  readonly targetScale?: Scale;
  /** For the update by gradient descent; null where the optimizer is another, which needs its moments. */
  readonly rule: { readonly learningRate: number; readonly l1: number; readonly l2: number } | null;
}
