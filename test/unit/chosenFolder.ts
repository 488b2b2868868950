// A workspace on the disk whose runs are kept in a folder of it, and windows on it.
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { RunFolder, type PassedOver, type RunFolderParts } from '../../src/runs/runFolder';
import type { RunRecord } from '../../src/runs/record';
import { everyKind } from './models';
import { recordOfKinds } from './runRecords';

export const uriOf = (file: string): string => pathToFileURL(file).toString();
export const fileOf = (uri: string): string | null => (uri.startsWith('file:') ? fileURLToPath(uri) : null);

export class ChosenFolder {
  readonly above = realpathSync(mkdtempSync(path.join(tmpdir(), 'neuron-chosen-')));
  readonly root = path.join(this.above, 'workspace');
  readonly runs = path.join(this.root, 'runs');
  readonly table = path.join(this.root, 'data', 'kinds.csv');
  readonly passed: PassedOver[] = [];

  constructor() {
    mkdirSync(path.dirname(this.table), { recursive: true });
    writeFileSync(this.table, everyKind());
  }

  /** A window; one with other parts is that of another person or machine. */
  window(parts: Partial<RunFolderParts> = {}): RunFolder {
    return new RunFolder({
      ...{ root: this.root, location: 'runs', uriOf, fileOf },
      ...{ storage: path.join(this.above, 'storage'), shared: path.join(this.above, 'shared') },
      onPassedOver: (passed) => this.passed.push(passed),
      ...parts,
    });
  }

  record(id: string, changes: Partial<RunRecord> = {}): RunRecord {
    return recordOfKinds({ id, uri: uriOf(this.table), ...changes });
  }

  /** A run that a window has left that has closed. */
  async left(id: string, changes: Partial<RunRecord> = {}): Promise<RunRecord> {
    const window = this.window();
    await window.open();
    const record = this.record(id, changes);
    await window.write(record);
    await window.close();
    return record;
  }

  /** What the next window finds. */
  async found(): Promise<string[]> {
    const window = this.window();
    const runs = await window.open();
    await window.close();
    return runs.map(({ id }) => id);
  }

  /** The weights that the next window reads of a run. */
  async weightsOf(id: string): Promise<Float64Array> {
    const window = this.window();
    await window.open();
    const { parameters } = await window.read(id);
    await window.close();
    return parameters;
  }

  names(): string[] {
    return readdirSync(this.runs).sort();
  }

  text(name: string): string {
    return readFileSync(path.join(this.runs, name), 'utf8');
  }

  write(name: string, content: string): void {
    writeFileSync(path.join(this.runs, name), content);
  }

  dispose(): void {
    rmSync(this.above, { recursive: true, force: true });
  }
}
