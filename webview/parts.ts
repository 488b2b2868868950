/** A part of an array, as messages carry it. */
interface Part {
  readonly name: string;
  readonly offset: number;
  readonly total: number;
  readonly values: Float64Array;
}

/** Arrays that come in parts, in order. */
export class Parts {
  private readonly arrays = new Map<string, Float64Array>();
  private readonly whole = new Map<string, Float64Array>();

  add({ name, offset, total, values }: Part): void {
    if (offset === 0) this.arrays.set(name, new Float64Array(total));
    const array = this.arrays.get(name);
    // A part of an array whose beginning is not here belongs to nothing that could be shown.
    if (!array || array.length !== total || offset + values.length > total) return;
    array.set(values, offset);
    if (offset + values.length < total) return;
    this.arrays.delete(name);
    this.whole.set(name, array);
  }

  /** An array that has arrived whole since it was last taken. */
  takeOne(name: string): Float64Array | undefined {
    const array = this.whole.get(name);
    this.whole.delete(name);
    return array;
  }

  /** All of them. */
  take(): ReadonlyMap<string, Float64Array> {
    const taken = new Map(this.whole);
    this.whole.clear();
    return taken;
  }

  clear(): void {
    this.arrays.clear();
    this.whole.clear();
  }
}
