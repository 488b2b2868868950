import { LONGEST_RECORD } from './limits';
/** The bytes of a file that are at hand, from the record that is not finished yet on. */
export class ByteWindow {
  bytes: Uint8Array = new Uint8Array();
  /** Where the next record starts in `bytes`. */
  at = 0;
  protected final = false;
  /** Whether bytes wait until the record that could not be finished is worth another look. */
  protected waits = false;
  /** Holds the bytes, those that wait among them, up to `end`. */
  private store: Uint8Array = new Uint8Array();
  private owned = true;
  private end = 0;
  private enough = 0;

  /** Adds a copy of bytes; `final`: there are no more. What is left of the bytes before is kept. */
  push(chunk: Uint8Array, final: boolean): void {
    this.final = final;
    const rest = this.end - this.at;
    if (!this.owned || this.end + chunk.length > this.store.length) {
      const size = rest + chunk.length;
      const left = this.store.subarray(this.at, this.end);
      if (!this.owned || size > this.store.length) {
        this.store = new Uint8Array(Math.max(size, 2 * this.store.length));
        this.owned = true;
      }
      this.store.set(left);
      this.at = 0;
      this.end = rest;
    }
    this.store.set(chunk, this.end);
    this.end += chunk.length;
    this.waits = !final && this.end - this.at < this.enough;
    if (this.waits) this.bytes = this.store.subarray(0, this.at);
    else this.join();
  }

  /** Takes bytes without a copy: they have to stay as they are. What was left of others is dropped. */
  over(bytes: Uint8Array, final: boolean): void {
    this.final = final;
    this.store = bytes;
    this.owned = false;
    this.at = 0;
    this.end = bytes.length;
    this.join();
  }

  /** Takes up the bytes that wait. */
  join(): void {
    this.waits = false;
    this.bytes = this.store.subarray(0, this.end);
  }

  /** Whether all bytes so far belong to whole records. */
  get empty(): boolean {
    return this.at === this.end;
  }

  /** Whether the record that is not finished yet is longer than any row. */
  get overlong(): boolean {
    return this.end - this.at > LONGEST_RECORD;
  }

  /** Waits for twice the bytes before the next look at them: a long record takes time in proportion to its length. */
  protected wait(): void {
    this.enough = 2 * (this.bytes.length - this.at);
  }
}
