/** The best epoch so far by the test cost, and all that going back to it needs. */
export class EarlyStopping {
  epoch = -1;
  private cost = Infinity;
  parameters = new Float64Array();
  state = new Float64Array();

  /** Whether this epoch is the best so far, by more than `minDelta`. */
  see(epoch: number, cost: number, minDelta: number): boolean {
    if (this.epoch >= 0 && !(cost < this.cost - minDelta)) return false;
    this.epoch = epoch;
    this.cost = cost;
    return true;
  }

  keep(parameters: Float64Array, state: Float64Array): void {
    this.parameters = new Float64Array(parameters);
    this.state = new Float64Array(state);
  }

  /** In one array; empty while no epoch has been seen. The cost is finite, as every measured one is. */
  toArray(): Float64Array {
    if (this.epoch < 0) return new Float64Array();
    const array = new Float64Array(2 + this.parameters.length + this.state.length);
    array.set([this.epoch, this.cost]);
    array.set(this.parameters, 2);
    array.set(this.state, 2 + this.parameters.length);
    return array;
  }

  /** The inverse of {@link toArray}; `count`: how many parameters there are. */
  static from(array: Float64Array, count: number): EarlyStopping {
    const early = new EarlyStopping();
    if (array.length === 0) return early;
    [early.epoch, early.cost] = array;
    early.keep(array.slice(2, 2 + count), array.slice(2 + count));
    return early;
  }
}
