import { createHash } from 'node:crypto';
import { lstat, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { writeAtomically } from './atomicFile';
import { MOST_BYTES } from './modelJson';
import type { RunRecord } from './record';
import { readHead, readRun, writeRun, type RunHead, type RunTexts } from './runFile';

/** The two files of a run, and the name of new weights while the other file still says that the old ones belong to it. */
export interface PairFiles {
  readonly run: string;
  readonly weights: string;
  readonly next: string;
}

/** What was last read or written of a pair. */
export interface SeenPair {
  /** SHA-256 of the readable file as it lay on the disk, and as this version writes the same run. */
  readonly disk: string;
  readonly own: string;
  /** Of what the weights hold. */
  readonly weights: string;
  /** Whether they still lie under the name of new ones: a write was interrupted. */
  readonly areNext: boolean;
}

const RUN_NAME = /^([\w-]{1,80})\.run\.json$/;
const WEIGHTS_NAME = /^([\w-]{1,80})\.weights(?:\.next)?\.json$/;

export const pairFiles = (folder: string, name: string): PairFiles => ({
  run: path.join(folder, `${name}.run.json`),
  weights: path.join(folder, `${name}.weights.json`),
  next: path.join(folder, `${name}.weights.next.json`),
});

/** The runs among the names of a folder, and what there is no run of. */
export function sortedNames(names: readonly string[]): {
  ids: string[];
  others: [name: string, why: string][];
} {
  const ids = names.flatMap((name) => RUN_NAME.exec(name)?.[1] ?? []);
  const others = names.flatMap((name): [string, string][] => {
    const of = WEIGHTS_NAME.exec(name)?.[1];
    if (of !== undefined) return ids.includes(of) ? [] : [[name, 'The file of its run is not there.']];
    if (name.endsWith('.tmp')) return [[name, 'It was not written to its end.']];
    return name.endsWith('.json') && !RUN_NAME.test(name) ? [[name, 'It is no run of Neuron Lens.']] : [];
  });
  return { ids, others };
}

export const sha256 = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex');

/** When a file was written, and how large it is. Throws Error for anything but a file, which is not waited for. */
export async function stampOf(file: string): Promise<string> {
  const found = await lstat(file);
  if (!found.isFile()) throw new Error('It is no regular file.');
  if (found.size > MOST_BYTES) throw new Error('It is larger than 256 MB, which no run is read from.');
  return `${found.mtimeMs}-${found.size}`;
}

async function bytesOf(file: string): Promise<Uint8Array> {
  await stampOf(file);
  return readFile(file);
}

/** What the readable file of a run says. Throws Error for one of another name, and for what is none. */
export async function headOf({ run }: PairFiles): Promise<RunHead & { readonly disk: string }> {
  const bytes = await bytesOf(run);
  const head = readHead(bytes);
  if (path.basename(run) !== `${head.id}.run.json`) throw new Error(`It holds the run ${head.id}.`);
  return { ...head, disk: sha256(bytes) };
}

/** A run from its two files. Throws Error, with what is wrong. */
export async function readPair(
  files: PairFiles,
  known: (head: RunHead) => Promise<Pick<RunRecord, 'uri' | 'shownAt'>>,
): Promise<{ record: RunRecord; seen: SeenPair }> {
  const head = await headOf(files);
  const how = await known(head);
  let failure: unknown = new Error('The file with its weights is not there.');
  for (const file of [files.weights, files.next]) {
    if (!(await isThere(file))) continue;
    try {
      const record = readRun(head, await bytesOf(file), how);
      const { disk, weights } = head;
      const own = sha256(writeRun(record, head.table).run);
      return { record, seen: { disk, own, weights, areNext: file === files.next } };
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

/** Ends a write that was interrupted: weights that still have the name of new ones get their own. */
export async function settlePair(files: PairFiles, seen: SeenPair): Promise<SeenPair> {
  if (seen.areNext) await rename(files.next, files.weights);
  return { ...seen, areNext: false };
}

/**
 * Writes both files so that at any moment they are a whole run, the old or the new: new weights lie beside the old ones
 * until the other file says that it is they. What was there `before` is settled.
 */
export async function writePair(
  files: PairFiles,
  texts: RunTexts,
  before: SeenPair | null,
): Promise<SeenPair> {
  const { weights } = readHead(Buffer.from(texts.run));
  const disk = sha256(texts.run);
  const seen = { disk, own: disk, weights, areNext: false };
  if (before?.weights === weights) {
    await writeAtomically(files.run, texts.run);
    return seen;
  }
  const isNew = !(await isThere(files.run));
  await writeAtomically(isNew ? files.weights : files.next, texts.weights);
  await writeAtomically(files.run, texts.run);
  if (isNew) return seen;
  // Where that cannot be, they are found all the same.
  return rename(files.next, files.weights).then(
    () => seen,
    () => ({ ...seen, areNext: true }),
  );
}

/** The hash of the readable file as it lies there now; null where there is none. */
export const diskHashOf = async ({ run }: PairFiles): Promise<string | null> =>
  (await isThere(run)) ? sha256(await bytesOf(run)) : null;

const isThere = (file: string): Promise<boolean> =>
  lstat(file).then(
    () => true,
    () => false,
  );
