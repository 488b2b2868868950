import { coarseInFloat32 } from '../export/exported';
import { exportModel, formatNames } from '../export/formats';
import { ExportRefused } from '../export/refused';
import { ModelError } from '../runs/modelJson';
import { mustBeFree, OutputRefused, writeOutput } from '../runs/outputFile';
import { readModel } from '../runs/readModel';
import type { Settings } from '../settings/settings';
import { FileError, UsageError } from './errors';
import { jobOf } from './exportJob';
import { print, printError } from './output';
import * as text from './text';

/** The one format that takes a table, and trains elsewhere. */
const JOB = 'torchrun';

/**
 * Writes a model, or the training of a table by these settings, in a form to use elsewhere, whole or not at all. Returns the
 * exit status.
 */
export async function exportFile(
  file: string,
  values: Readonly<Record<string, unknown>>,
  settingsOf: () => Settings,
): Promise<number> {
  const { format, out: to, force, table } = values;
  const known = format === JOB ? JOB : formatNames.find((name) => name === format);
  if (known === undefined)
    throw new UsageError(
      text.formatText(typeof format === 'string' ? format : undefined, [...formatNames, JOB]),
    );
  if (typeof to !== 'string') throw new UsageError(text.NO_OUTPUT);
  const output = { file: to, reads: [file], force: force === true };
  try {
    mustBeFree(output);
    if (known === JOB) {
      await writeOutput(output, await jobOf(file, settingsOf()));
      print(text.exportedText(to, known));
      return 0;
    }
    const { content, exported } = exportModel(await readModel(file), known, {
      file: to,
      ...(typeof table === 'string' && { table }),
    });
    const coarse = exported.precision === 'single' ? coarseInFloat32(exported) : [];
    if (coarse.length > 0) printError(text.coarseText(coarse));
    await writeOutput(output, content);
  } catch (error) {
    if (error instanceof OutputRefused) throw new FileError(error.file, text.refusalText(error.why));
    if (error instanceof ModelError || error instanceof ExportRefused)
      throw new FileError(file, error.message);
    throw error;
  }
  print(text.exportedText(to, known));
  return 0;
}
