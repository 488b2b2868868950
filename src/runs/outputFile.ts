import { fstatSync, realpathSync, statSync, type BigIntStats } from 'node:fs';
import path from 'node:path';
import { writeAtomically } from './atomicFile';

/** Why nothing is written to a path. */
export type Refusal = 'is read' | 'is there' | 'is no file' | 'has no folder';

export class OutputRefused extends Error {
  constructor(
    readonly file: string,
    readonly why: Refusal,
  ) {
    super(`${file}: ${why}`);
  }
}

/** What is written where: `reads` are paths, and descriptors of files that are open. */
export interface Output {
  readonly file: string;
  readonly reads: readonly (string | number)[];
  /** Whether a file that is there may be replaced. */
  readonly force: boolean;
}

/**
 * Throws OutputRefused where writing would destroy something: a file that is read, whatever it is called, one that is there
 * unless it may be replaced, and anything that is no file.
 */
export function mustBeFree({ file, reads, force }: Output): void {
  const found = statOf(file);
  if (!found) {
    if (statOf(path.dirname(file))?.isDirectory() !== true) throw new OutputRefused(file, 'has no folder');
    return;
  }
  if (!found.isFile()) throw new OutputRefused(file, 'is no file');
  const isRead = reads.map(statOf).some((read) => read?.dev === found.dev && read.ino === found.ino);
  if (isRead) throw new OutputRefused(file, 'is read');
  if (!force) throw new OutputRefused(file, 'is there');
}

/** Writes a file whole or not at all, once more after {@link mustBeFree}; through a link, what it leads to. */
export async function writeOutput(output: Output, content: string | Uint8Array): Promise<void> {
  mustBeFree(output);
  await writeAtomically(statOf(output.file) ? realpathSync(output.file) : output.file, content);
}

function statOf(file: string | number): BigIntStats | undefined {
  try {
    return typeof file === 'number'
      ? fstatSync(file, { bigint: true })
      : statSync(file, { bigint: true, throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
