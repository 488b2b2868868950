/** What came of tables with habits of one kind, beside what should have: printed when their tests have run. */
export class FieldResults {
  private readonly rows: string[][] = [];

  constructor(private readonly kind: string) {}

  /** Adds a row, whether or not the test goes on to fail. */
  add(file: string, came: string, expected: string, kind = this.kind): void {
    this.rows.push([kind, file, came, expected]);
  }

  /** The table; call it in `after`. */
  print(): void {
    const all = [['kind', 'file', 'what came', 'expected'], ...this.rows];
    const widths = all[0].map((_, c) => Math.max(...all.map((row) => row[c].length)));
    for (const row of all)
      console.log(`      ${row.map((cell, c) => cell.padEnd(widths[c])).join(' | ')}`.trimEnd());
  }
}
