import { closeSync, fstatSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, constants } from 'node:zlib';
import { baselinesOf } from '../core/baselines';
import { cut } from '../core/format';
import { asUtf8 } from '../data/csv/encoding';
import { headOf } from '../data/csv/head';
import { recordsOf } from '../data/csv/headRecords';
import type { ReadTable } from '../data/csv/read';
import { readOptionsOf } from '../data/csv/readOptions';
import { makeDataset, type Dataset } from '../data/dataset';
import { checkTable } from '../data/table/check';
import { ExportRefused } from '../export/refused';
import { pythonEncoding, whyNotRead } from '../export/torchrunReads';
import { torchrunJob, type Job, type JobDialect } from '../export/torchrunJob';
import { plainSettings } from '../settings/automatic';
import type { Settings } from '../settings/settings';
import { bytesAt, openRegular } from '../threads/regularFile';
import { isPacked } from '../threads/unpack';
import { TrainingRun } from '../train/run';
import { UsageError } from './errors';
import { readInput, STANDARD_INPUT } from './input';
import { modelOfRun } from './save';
import { atOnce } from './scores';
import { unreadableIn } from './jobCells';
import { jobJson } from './jobContent';
import { JOB_OF_FILE } from './text';

/**
 * The training of a table as a script for PyTorch. Throws UserError for what cannot be trained on, ExportRefused where the
 * script could not read the table as it is read here.
 */
export async function jobOf(file: string, given: Settings): Promise<string> {
  if (file === STANDARD_INPUT) throw new UsageError(JOB_OF_FILE);
  const settings: Settings = { ...given, 'training.engine': 'reference' };
  const { table, hash } = await readInput(file, readOptionsOf(settings), settings, true);
  const checked = checkTable(table, settings);
  const dataset = makeDataset(checked, settings, { keepsColumns: true });
  const { transform } = dataset;
  const dialect = dialectOf(file, table, settings);
  mustBeRead(table, dataset);
  const place = (name: string) => table.columns.findIndex((column) => column.name === name);
  const places = transform.columns.map(({ name }) => place(name));
  const targetPlace = place(transform.target.name);
  const cells = { table, dataset, settings, places: [...places, targetPlace] };
  const unread = unreadableIn(file, cells);
  if (unread) throw new ExportRefused(null, unread);
  const run = new TrainingRun(dataset, settings);
  const facts = { weightsOf: 'end', tableHash: hash } as const;
  const model = modelOfRun(run, {
    ...facts,
    baselines: atOnce(baselinesOf(dataset, settings['training.seed'])),
  });
  const job: Job = {
    file: path.basename(file),
    sha256: hash,
    // Other arithmetic ends in other bits: it has a name of its own, and nothing stops it early.
    model: {
      ...model,
      training: { ...model.training, engine: ENGINE },
      settings: { ...settings, 'training.earlyStopping.patience': 0 },
    },
    settings: plainSettings(settings, run.automatic),
    ...{ dialect, places, targetPlace, width: table.dialect?.width ?? table.columns.length },
    ...{ lines: dataset.lines, test: dataset.test },
    ...momentsOf(dataset),
    measure: run.measure(),
  };
  return torchrunJob(job, jobJson(job));
}

const ENGINE = 'float64-torch';

/** How a table is written, for the script. Throws ExportRefused where its reader knows no such form. */
function dialectOf(file: string, table: ReadTable, settings: Settings): JobDialect {
  const { dialect, header, namePlaces } = table;
  const encoding = pythonEncoding(table.encoding);
  if (encoding === undefined) throw new ExportRefused(null, `Python has no encoding ${table.encoding}`);
  if (!dialect) throw new ExportRefused(null, 'it is no table');
  const { syntax, headerSyntax, respelling, namesAbove, width, commentPrefixes } = dialect;
  const isPlain = !respelling && !namesAbove && !syntax.blanks && headerSyntax.delimiter === syntax.delimiter;
  if (!isPlain) throw new ExportRefused(null, NOT_PLAIN);
  const skipLines = settings['csv.skipLines'];
  const character = (byte: number) => (byte === 0 ? '' : String.fromCharCode(byte));
  const how = {
    ...{ encoding, skipLines, comments: commentPrefixes },
    delimiter: character(syntax.delimiter),
    quote: character(syntax.quote),
    escape: character(syntax.escape),
  };
  if (!header) return { ...how, header: null, headerAt: 0 };
  const head = headOf(asUtf8([headBytes(file)], table.encoding));
  const records = recordsOf(head.bytes, head.whole, syntax, readOptionsOf(settings)) ?? [];
  const rows = records.filter(({ comment, cells }) => !comment || (cells.length === width && width > 1));
  const at = rows.findIndex(({ line }) => line === namePlaces[0][0]);
  if (at < 0) throw new ExportRefused(null, NOT_PLAIN);
  return { ...how, header: rows[at].cells.map(({ text }) => text), headerAt: at + 1 };
}

const NOT_PLAIN =
  'its cells are not separated by one character, or it has no header of one line: save it as CSV';

/** Bytes from the start of a file, unpacked. */
function headBytes(file: string): Uint8Array {
  const fd = openRegular(file);
  try {
    const bytes = bytesAt(fd, 0, Math.min(fstatSync(fd).size, HEAD));
    return isPacked(bytes) ? gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }) : bytes;
  } finally {
    closeSync(fd);
  }
}

const HEAD = 4 * 0x10_0000;

/** Throws ExportRefused, with their names, for columns that the script cannot read as they are read here. */
function mustBeRead(table: ReadTable, { transform }: Dataset): void {
  const used = [...transform.columns, transform.target];
  const refused = used.flatMap((column) => {
    const read = table.columns.find(({ name }) => name === column.name);
    const why =
      whyNotRead(column) ?? (read?.odd ? 'cells of it are no numbers, or numbers with a mark' : null);
    return why === null ? [] : [`in “${cut(column.name)}” ${why}`];
  });
  if (refused.length > 0) throw new ExportRefused(null, refused.join('; '));
}

/** The mean of each feature over the rows that are trained on, and of its squares. */
function momentsOf({ X, train }: Dataset): { means: number[]; squares: number[] } {
  const mean = (i: number, of: (x: number) => number) =>
    train.reduce((sum, j) => sum + of(X.data[i * X.cols + j]), 0) / train.length;
  const features = [...Array(X.rows).keys()];
  return {
    means: features.map((i) => mean(i, (x) => x)),
    squares: features.map((i) => mean(i, (x) => x * x)),
  };
}
