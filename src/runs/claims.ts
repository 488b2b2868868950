import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';

/** A window that has not said for so long that it is there is gone, whatever its process number says. */
const SILENCE_MS = 60_000;
const SAY_EVERY_MS = 15_000;

/**
 * Which window has a run: windows may share a folder, and none takes up what another one has. A window that is gone has
 * nothing any more.
 */
export class Claims {
  readonly window = randomUUID();
  private readonly held = new Set<string>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly folder: string) {}

  /** Makes this window known. Comes before anything is claimed. */
  async open(): Promise<void> {
    await fs.mkdir(this.folder, { recursive: true });
    await fs.writeFile(this.fileOfWindow(this.window), String(process.pid));
    this.timer = setInterval(() => {
      const now = new Date();
      fs.utimes(this.fileOfWindow(this.window), now, now).catch(() => undefined);
    }, SAY_EVERY_MS);
    this.timer.unref();
  }

  /** Claims a run for this window; false when another window has it. */
  async claim(id: string): Promise<boolean> {
    if (this.held.has(id)) return true;
    for (let attempt = 0; attempt < 3; attempt++) {
      try {
        await fs.writeFile(this.fileOfRun(id), this.window, { flag: 'wx' });
        this.held.add(id);
        return true;
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw error;
      }
      const owner = await fs.readFile(this.fileOfRun(id), 'utf8').catch(() => '');
      if (owner !== '' && (await this.isThere(owner))) return owner === this.window;
      await this.removeClaim(id, owner);
    }
    return false;
  }

  /**
   * Removes the claim of a window that is gone. Another window may have done so in this moment, and claimed the run: what
   * is removed is looked at once no other window can see it, and put back where it is that one's.
   */
  private async removeClaim(id: string, owner: string): Promise<void> {
    const [claim, taken] = [this.fileOfRun(id), path.join(this.folder, `${id}.${this.window}.gone`)];
    try {
      await fs.rename(claim, taken);
      if ((await fs.readFile(taken, 'utf8')) !== owner)
        await fs.copyFile(taken, claim, fs.constants.COPYFILE_EXCL);
    } catch (error) {
      if (!['ENOENT', 'EEXIST'].includes(codeOf(error))) throw error;
    }
    await fs.rm(taken, { force: true });
  }

  async release(id: string): Promise<void> {
    if (this.held.delete(id)) await fs.rm(this.fileOfRun(id), { force: true });
  }

  /** Lets go of everything, for the next window. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    await Promise.all([...this.held].map((id) => this.release(id)));
    await fs.rm(this.fileOfWindow(this.window), { force: true });
  }

  private async isThere(window: string): Promise<boolean> {
    if (!/^[\da-f-]{36}$/.test(window)) return false;
    try {
      const file = this.fileOfWindow(window);
      const [{ mtimeMs }, process] = await Promise.all([fs.stat(file), fs.readFile(file, 'utf8')]);
      return Date.now() - mtimeMs < SILENCE_MS && isAlive(Number(process));
    } catch {
      return false;
    }
  }

  private fileOfRun(id: string): string {
    return path.join(this.folder, `${id}.claim`);
  }

  private fileOfWindow(window: string): string {
    return path.join(this.folder, `${window}.window`);
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there, and somebody else's.
    return codeOf(error) === 'EPERM';
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';
