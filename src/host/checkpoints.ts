import { createHash } from 'node:crypto';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as v from 'valibot';
import * as vscode from 'vscode';
import { recordedSettings } from '../settings/values';
import { safeText } from './safeText';
import type { Saved, Session } from './session';
import type { Sessions } from './sessions';

const EVERY_MS = 2000;
const MOST_FILES = 50;
const finite = v.pipe(v.number(), v.finite());
/** epoch, train cost, test cost, train score, test score. */
const pointSchema = v.tuple([finite, finite, v.nullable(finite), finite, v.nullable(finite)]);
const schema = v.object({
  version: v.literal(2),
  uri: v.string(),
  settings: v.record(v.string(), v.unknown()),
  status: v.picklist(['running', 'paused', 'finished', 'stopped', 'diverged']),
  epochs: finite,
  measure: pointSchema,
  points: v.array(pointSchema),
  marks: v.array(v.object({ epoch: finite, text: v.string() })),
  /** Float64, little-endian, base64. */
  parameters: v.string(),
  state: v.string(),
  penalty: finite,
  diverged: v.nullable(
    v.object({
      epoch: finite,
      layer: finite,
      learningRate: finite,
      suggestedRate: v.nullable(finite),
    }),
  ),
  target: v.string(),
  task: v.picklist(['binary', 'multiclass', 'regression']),
  hash: v.string(),
});
type Point = v.InferOutput<typeof pointSchema>;

/**
 * Keeps each training on disk: every 2 s while it runs, and at once when it pauses or ends. A file is
 * written beside the old one and renamed over it, so that at any moment a whole one is there.
 */
export class Checkpoints implements vscode.Disposable {
  private readonly dirty = new Set<Session>();
  private readonly timer: NodeJS.Timeout;
  private readonly subscription: vscode.Disposable;
  private writing: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly folder: string,
    sessions: Sessions,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.timer = setInterval(() => void this.flush(), EVERY_MS);
    this.subscription = sessions.onDidChange((session) => {
      this.dirty.add(session);
      if (!session.running) void this.flush();
    });
  }

  /** What was saved, the oldest first; a file that cannot be read is left alone and logged. */
  static async load(folder: string, log: vscode.LogOutputChannel): Promise<Saved[]> {
    const names = await fs.readdir(folder).catch(() => []);
    const files = await Promise.all(
      names
        .filter((name) => name.endsWith('.json'))
        .map(async (name) => {
          const file = path.join(folder, name);
          return { file, time: (await fs.stat(file)).mtimeMs };
        }),
    );
    files.sort((a, b) => a.time - b.time);
    for (const { file } of files.splice(0, files.length - MOST_FILES)) await fs.rm(file, { force: true });
    const all: Saved[] = [];
    for (const { file } of files) {
      try {
        all.push(parse(await fs.readFile(file, 'utf8')));
      } catch (error) {
        log.warn(safeText(`The saved training ${file} cannot be read: ${String(error)}`));
      }
    }
    return all;
  }

  /** Writes all that has changed; resolves when it is on disk. */
  flush(): Promise<unknown> {
    const sessions = [...this.dirty];
    this.dirty.clear();
    this.writing = this.writing.then(async () => {
      for (const session of sessions) {
        const saved = session.save();
        if (!saved) continue;
        try {
          await this.write(saved);
        } catch (error) {
          this.log.error(safeText(`The training of ${saved.uri} could not be saved: ${String(error)}`));
        }
      }
    });
    return this.writing;
  }

  dispose(): void {
    clearInterval(this.timer);
    this.subscription.dispose();
  }

  private async write(saved: Saved): Promise<void> {
    await fs.mkdir(this.folder, { recursive: true });
    const name = createHash('sha256').update(saved.uri).digest('hex').slice(0, 32);
    const file = path.join(this.folder, `${name}.json`);
    await fs.writeFile(`${file}.tmp`, serialize(saved));
    await fs.rename(`${file}.tmp`, file);
  }
}

/** NaN and infinities become null, which only the test set's numbers may be. */
const number = (value: number | null) => (value !== null && Number.isFinite(value) ? value : null);

function encode(values: Float64Array): string {
  const bytes = new DataView(new ArrayBuffer(values.length * 8));
  values.forEach((value, k) => bytes.setFloat64(k * 8, value, true));
  return Buffer.from(bytes.buffer).toString('base64');
}

/** Throws when a number is not finite. */
function decode(text: string): Float64Array {
  const buffer = Buffer.from(text, 'base64');
  const bytes = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  const values = Float64Array.from({ length: buffer.byteLength / 8 }, (_, k) =>
    bytes.getFloat64(k * 8, true),
  );
  if (!values.every(Number.isFinite)) throw new Error('a parameter is not finite');
  return values;
}

export function serialize(saved: Saved): string {
  const point = (m: Saved['measure']) => [
    m.epoch,
    m.trainCost,
    number(m.testCost),
    m.trainScore,
    number(m.testScore),
  ];
  return JSON.stringify({
    version: 2,
    ...saved,
    measure: point(saved.measure),
    points: saved.points.map(point),
    parameters: encode(saved.parameters),
    state: encode(saved.state),
  });
}

/** Throws when the text is not a checkpoint of this version with finite numbers. */
export function parse(text: string): Saved {
  const {
    version: _version,
    parameters,
    state,
    measure,
    points,
    settings,
    ...rest
  } = v.parse(schema, JSON.parse(text));
  const point = ([epoch, trainCost, testCost, trainScore, testScore]: Point) => ({
    epoch,
    trainCost,
    testCost,
    trainScore,
    testScore,
  });
  return {
    ...rest,
    settings: recordedSettings(settings),
    parameters: decode(parameters),
    state: decode(state),
    measure: point(measure),
    points: points.map(point),
  };
}
