import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';

/**
 * Writes a file so that at any moment a whole one is there, the old or the new: beside it first, under a name that no
 * other process uses, then over it, both flushed to the disk.
 */
export async function writeAtomically(file: string, content: string | Uint8Array): Promise<void> {
  const written = new AtomicFile(file);
  try {
    await written.write(typeof content === 'string' ? Buffer.from(content) : content);
    await written.commit();
  } catch (error) {
    await written.abandon();
    throw error;
  }
}

/** A file that comes piece by piece, and is there once it is whole: {@link commit}, or {@link abandon}, ends it. */
export class AtomicFile {
  private readonly beside: string;
  private handle: FileHandle | null = null;

  constructor(private readonly file: string) {
    this.beside = `${file}.${randomUUID()}.tmp`;
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.handle ??= await open(this.beside, 'wx');
    await this.handle.writeFile(bytes);
  }

  async commit(): Promise<void> {
    await this.write(new Uint8Array());
    await this.handle?.sync();
    await this.handle?.close();
    await rename(this.beside, this.file);
    await flushFolder(path.dirname(this.file));
  }

  /** Never throws, so that why it is abandoned is what is told. */
  async abandon(): Promise<void> {
    await this.handle?.close().catch(() => undefined);
    await rm(this.beside, { force: true }).catch(() => undefined);
  }

  /** The same at once, for a process that is about to end. */
  abandonAtOnce(): void {
    rmSync(this.beside, { force: true });
  }
}

/** A rename is on the disk once its folder is; Windows knows no such thing. */
async function flushFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch {
    // The file itself is whole all the same.
  }
}
