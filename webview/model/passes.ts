import { effect, signal, untracked, type ReadonlySignal } from '@preact/signals';
import { forward, forwardPass, type ForwardPass } from '../../src/core/equations';
import { matrix, selectColumns, type Matrix } from '../../src/core/matrix';
import { parameterCount, type Network, type Parameters } from '../../src/core/network';

/** Multiplications of one slice, about half a ms: a frame of the screen computes a few. */
export const SLICE = 2.5e5;
/** What takes more slices than this is seen to follow a training: some frames of the screen. */
const AT_ONCE = 10;
/** A pass is made coarser where it would take more multiplications than this. */
const MOST_WORK = 128 * SLICE;
/** What the activation of a unit costs beside a multiplication. */
const ACTIVATION = 20;
const COARSEST = 12;
const FINEST = 72;
/** So many examples are passed through even the largest network. */
const FEWEST_EXAMPLES = 48;
/** Multiplications of one way forward and back, which is not sliced: about a tenth of a second. */
const MOST_OF_TRACE = 2 * MOST_WORK;
/** So many examples go forward and back through even the largest network. */
const FEWEST_TRACED = 5;
/** Numbers of the examples that are passed through, 32 MB. */
const MOST_INPUTS = 4e6;

/** What one example costs a slice, in multiplications. */
export const workOfExample = (network: Network): number =>
  parameterCount(network) + ACTIVATION * network.sizes.slice(1).reduce((sum, n) => sum + n, 0);

/** Points of a map in one direction: as fine as the network allows. */
export function sideOfMap(network: Network): number {
  const wanted = Math.floor(Math.sqrt(MOST_WORK / parameterCount(network)));
  return Math.max(COARSEST, Math.min(FINEST, wanted));
}

/** How many of `count` examples are passed through the network. */
export function examplesToPass(network: Network, count: number): number {
  const byWork = Math.floor(MOST_WORK / parameterCount(network));
  const byMemory = Math.floor(MOST_INPUTS / network.sizes[0]);
  return Math.min(count, Math.max(FEWEST_EXAMPLES, Math.min(byWork, byMemory)));
}

/** How many of `count` examples go forward and back through the network, which takes three times as long. */
export function examplesToTrace(network: Network, count: number): number {
  const byWork = Math.floor(MOST_OF_TRACE / (3 * workOfExample(network)));
  return Math.min(count, Math.max(FEWEST_TRACED, byWork));
}

/** Examples of one slice; at least one, which for the largest networks is somewhat more than a slice. */
export const examplesInSlice = (network: Network): number =>
  Math.max(1, Math.floor(SLICE / workOfExample(network)));

/** A forward pass over many examples, in slices, so that no frame computes more than its share. */
export class SlicedForward {
  readonly slices: number;
  private readonly parts: readonly { readonly from: number; readonly pass: ForwardPass }[];
  private readonly room: { readonly Z: readonly Matrix[]; readonly A: readonly Matrix[] };
  private parameters: Parameters | undefined;
  private done = 0;

  /** X (nx, m). Throws RangeError when it does not fit the network. */
  constructor(network: Network, X: Matrix) {
    const each = examplesInSlice(network);
    this.slices = Math.max(1, Math.ceil(X.cols / each));
    this.parts = Array.from({ length: this.slices }, (_, k) => {
      const from = k * each;
      const columns = Array.from({ length: Math.min(each, X.cols - from) }, (_, j) => from + j);
      return { from, pass: forwardPass(network, this.slices === 1 ? X : selectColumns(X, columns)) };
    });
    const [{ pass }] = this.parts;
    const whole = (first: Matrix) => network.sizes.map((n, l) => (l === 0 ? first : matrix(n, X.cols)));
    this.room = this.slices === 1 ? pass : { Z: whole(matrix(0, 0)), A: whole(X) };
  }

  /** Begins anew with these parameters, which must stay as they are until the last slice. */
  begin(parameters: Parameters): void {
    this.parameters = parameters;
    this.done = 0;
  }

  /** Computes the next slice; true when it was the last, and A is whole. */
  advance(): boolean {
    if (!this.parameters || this.done === this.slices) return true;
    const { from, pass } = this.parts[this.done++];
    forward(pass, this.parameters);
    if (this.slices > 1) {
      for (let l = 1; l < pass.A.length; l++) {
        for (let i = 0; i < pass.A[l].rows; i++) {
          copyRow(pass.Z[l], this.room.Z[l], i, from);
          copyRow(pass.A[l], this.room.A[l], i, from);
        }
      }
    }
    return this.done === this.slices;
  }

  /** Z[l] of all examples, (n[l], m): the same arrays after each pass. */
  get Z(): readonly Matrix[] {
    return this.room.Z;
  }

  /** A[l] likewise. */
  get A(): readonly Matrix[] {
    return this.room.A;
  }
}

function copyRow(from: Matrix, to: Matrix, row: number, column: number): void {
  to.data.set(from.data.subarray(row * from.cols, (row + 1) * from.cols), row * to.cols + column);
}

/** What a pass goes over; the same object as long as it is the same. */
export interface PassInputs {
  readonly network: Network;
  readonly X: Matrix;
  /** The parameters of that network, from those of the run. */
  parametersOf(parameters: Parameters): Parameters;
}

/** Z[l] and A[l] as they are now, a new object after each whole pass. */
export interface PassResult<I extends PassInputs> {
  readonly inputs: I;
  /** The parameters of the inputs' network that it went through. */
  readonly parameters: Parameters;
  readonly Z: readonly Matrix[];
  readonly A: readonly Matrix[];
  /** Whether it follows a training a little behind, as it is spread over several frames of the screen. */
  readonly isBehind: boolean;
}

/** Calls back when the screen has been drawn. */
export type Later = (work: () => void) => void;

/** Follows the parameters with one pass after another. A pass that has begun is ended before the next begins. */
export class LivePass<I extends PassInputs> {
  private readonly latest = signal<PassResult<I> | null>(null);
  private sliced: SlicedForward | undefined;
  private inputs: I | null = null;
  private wanted: Parameters | null = null;
  private isUnderWay = false;
  readonly dispose: () => void;

  constructor(
    inputs: ReadonlySignal<I | null>,
    parameters: ReadonlySignal<Parameters | null>,
    private readonly later: Later,
  ) {
    this.dispose = effect(() => {
      const next = inputs.value;
      this.wanted = parameters.value;
      untracked(() => {
        if (next !== this.inputs) this.replace(next);
        if (!this.isUnderWay) this.begin();
      });
    });
  }

  get result(): ReadonlySignal<PassResult<I> | null> {
    return this.latest;
  }

  private replace(inputs: I | null): void {
    this.inputs = inputs;
    this.sliced = inputs ? new SlicedForward(inputs.network, inputs.X) : undefined;
    this.isUnderWay = false;
    this.latest.value = null;
  }

  private begin(): void {
    if (!this.sliced || !this.inputs || !this.wanted) return;
    const parameters = this.inputs.parametersOf(this.wanted);
    this.sliced.begin(parameters);
    this.isUnderWay = true;
    this.advance(this.sliced, { inputs: this.inputs, parameters }, this.wanted);
  }

  private advance(
    sliced: SlicedForward,
    begun: Pick<PassResult<I>, 'inputs' | 'parameters'>,
    begunWith: Parameters,
  ): void {
    if (sliced !== this.sliced) return;
    if (!sliced.advance()) {
      this.later(() => this.advance(sliced, begun, begunWith));
      return;
    }
    this.isUnderWay = false;
    const { Z, A, slices } = sliced;
    this.latest.value = { ...begun, Z, A, isBehind: slices > AT_ONCE };
    if (this.wanted !== begunWith) {
      this.later(() => {
        if (!this.isUnderWay) this.begin();
      });
    }
  }
}
