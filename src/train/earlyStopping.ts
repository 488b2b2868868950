/** What an epoch is to early stopping: the best so far, one of those that may still get better, or one too many. */
export type Verdict = 'best' | 'wait' | 'stop';

/**
 * The best epoch so far by the test cost, and all that going back to it needs. A training that goes on after it
 * stopped has `patience` epochs to find a better one still. When it finds none, the search starts anew from there,
 * since to stop at the same epoch again would lead nowhere.
 */
export class EarlyStopping {
  epoch = -1;
  parameters = new Float64Array();
  state = new Float64Array();
  private cost = Infinity;
  /** Whether it has stopped at the best epoch, and what comes after it was asked for. */
  private stopped = false;

  /** Whether it has stopped, and nothing better has been found since. */
  get hasStopped(): boolean {
    return this.stopped;
  }

  /** Better means lower by more than `minDelta`. After `best` comes {@link keep}, after `stop` the way back. */
  see(epoch: number, cost: number, minDelta: number, patience: number): Verdict {
    const better = this.epoch < 0 || cost < this.cost - minDelta;
    const late = epoch - this.epoch >= patience;
    if (better || (late && this.stopped)) {
      this.epoch = epoch;
      this.cost = cost;
      this.stopped = false;
      return 'best';
    }
    if (!late) return 'wait';
    this.stopped = true;
    return 'stop';
  }

  /** It has not stopped: what comes after the best epoch is still to be seen. */
  goOn(): void {
    this.stopped = false;
  }

  /** Starts anew, as nothing seen before counts: while early stopping is off, epochs go by that it does not see. */
  forget(): void {
    if (this.epoch < 0) return;
    this.epoch = -1;
    this.cost = Infinity;
    this.stopped = false;
    this.keep(new Float64Array(), new Float64Array());
  }

  keep(parameters: Float64Array, state: Float64Array): void {
    this.parameters = new Float64Array(parameters);
    this.state = new Float64Array(state);
  }

  /**
   * In one array; empty while no epoch has been seen. The cost is finite, as every measured one is. The epoch e of a
   * training that has stopped stands as −1 − e.
   */
  toArray(): Float64Array {
    if (this.epoch < 0) return new Float64Array();
    const array = new Float64Array(2 + this.parameters.length + this.state.length);
    array.set([this.stopped ? -1 - this.epoch : this.epoch, this.cost]);
    array.set(this.parameters, 2);
    array.set(this.state, 2 + this.parameters.length);
    return array;
  }

  /** The inverse of {@link toArray}; `count`: how many parameters there are. */
  static from(array: Float64Array, count: number): EarlyStopping {
    const early = new EarlyStopping();
    if (array.length === 0) return early;
    const [epoch, cost] = array;
    early.stopped = epoch < 0;
    early.epoch = early.stopped ? -1 - epoch : epoch;
    early.cost = cost;
    early.keep(array.slice(2, 2 + count), array.slice(2 + count));
    return early;
  }
}
