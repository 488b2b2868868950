import type { Session } from '../session/session';
import { rowsOf, type Row } from './rowPredictions';

/** Lines that are asked for at a time. */
const BLOCK = 64;
/** Blocks that are kept, 12,800 lines. */
const MOST_BLOCKS = 200;

/** The rows of a run, as the trainer has them: asked for in blocks of lines, once somebody looks. */
export class KnownRows {
  /** By the number of the block; undefined: it has been asked for. */
  private readonly blocks = new Map<number, ReadonlyMap<number, Row> | undefined>();

  /** @param onCome more of them are known */
  constructor(
    private readonly session: Session,
    private readonly onCome: () => void,
    private readonly onRefused: (error: unknown) => void,
  ) {}

  /** The rows on these lines, from 1, as far as they are known; the others come. */
  on(lines: readonly number[]): Row[] {
    const wanted = new Set(lines.map(blockOf));
    for (const block of wanted) if (!this.blocks.has(block)) void this.ask(block);
    if (this.blocks.size > MOST_BLOCKS) {
      for (const block of this.blocks.keys()) if (!wanted.has(block)) this.blocks.delete(block);
    }
    return lines.flatMap((line) => this.blocks.get(blockOf(line))?.get(line) ?? []);
  }

  private async ask(block: number): Promise<void> {
    this.blocks.set(block, undefined);
    const from = block * BLOCK + 1;
    try {
      const question = { kind: 'rows', from, to: from + BLOCK - 1 } as const;
      const answer = await this.session.ask(question, `rows ${block}`);
      this.blocks.set(block, new Map((answer ? rowsOf(answer) : []).map((row) => [row.line, row])));
    } catch (error) {
      this.onRefused(error);
      this.blocks.set(block, new Map());
    }
    this.onCome();
  }
}

const blockOf = (line: number): number => Math.floor((line - 1) / BLOCK);
