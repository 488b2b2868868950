/**
 * What stood in the cells of each row that are missing although something is written in them: rows that differ in nothing
 * else are not the same. Takes no room where there are no such cells.
 */
export class LostWords {
  /** A hash for each row, 0 where no word was lost; null where none was in any. */
  hashes: Int32Array | null = null;

  constructor(private readonly rows: number) {}

  /** How the words of one column are taken down: `key` tells its texts apart. */
  in(column: number): LoseWord {
    const own = Math.imul(column + 1, 0x9e3779b1);
    return (row, key) => {
      const hashes = (this.hashes ??= new Int32Array(this.rows));
      const hash = Math.imul(hashes[row] ^ own ^ Math.imul(key + 1, 0x85ebca6b), 0xc2b2ae35);
      hashes[row] = hash ^ (hash >>> 15);
    };
  }
}

export type LoseWord = (row: number, key: number) => void;
