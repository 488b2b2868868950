import { existsSync, realpathSync } from 'node:fs';
import { AtomicFile } from '../runs/atomicFile';
import { mustBeFree, type Output } from '../runs/outputFile';
import { CannotPredict } from '../predict/sentences';
import { predictedLines } from '../predict/text';
import { NotMatched, predictThrough, type How, type Write } from '../predict/through';
import { FileError } from './errors';
import { inputName } from './input';
import { modelIn } from './modelIn';
import { printError, printJsonError, shown, tablePrinter } from './output';
import { openInput } from './predictInput';
import { refusedInWords } from './save';
import { ALLOW_MISSING, ESCAPE_FORMULAS } from './text';

/** What the command line says of a prediction. */
export interface PredictOptions extends How {
  /** Undefined: standard output. */
  readonly output: Output | undefined;
  readonly json: boolean;
}

/** `predict MODEL FILE`: the file with a model's predictions. Returns the exit status: 1 when some rows have none. */
export async function predict(modelFile: string, file: string, options: PredictOptions): Promise<number> {
  const { output, json } = options;
  if (output) refusedInWords(() => mustBeFree(output));
  const model = await modelIn(modelFile);
  const input = openInput(file);
  try {
    const { matched, result } = output
      ? await intoFile(output, (write) => predictThrough(model, input.pieces, options, write))
      : await predictThrough(model, input.pieces, options, tablePrinter());
    const isTrainingFile = input.hash() === model.training.tableHash;
    if (json) {
      const { rows, predicted, outside, unknown, missing, score } = result;
      printJsonError({ event: 'predicted', rows, predicted, outside, unknown, missing, score });
    } else predictedLines(model, matched, result, isTrainingFile).forEach(printError);
    if (!json && result.formulas.count > 0 && !options.escapeFormulas) printError(ESCAPE_FORMULAS);
    return result.predicted < result.rows ? 1 : 0;
  } catch (error) {
    if (error instanceof NotMatched && error.unmatched.why === 'absent')
      throw new FileError(shown(inputName(file)), `${error.message} ${ALLOW_MISSING}`);
    if (error instanceof CannotPredict) throw new FileError(shown(inputName(file)), error.message);
    throw error;
  }
}

/** Has a file written that is there once it is whole; the old one stays where that fails. */
async function intoFile<T>({ file }: Output, work: (write: Write) => Promise<T>): Promise<T> {
  const written = new AtomicFile(existsSync(file) ? realpathSync(file) : file);
  const stop = (signal: NodeJS.Signals) => {
    written.abandonAtOnce();
    process.kill(process.pid, signal);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    const done = await work((bytes) => written.write(bytes));
    await written.commit();
    return done;
  } catch (error) {
    await written.abandon();
    throw error;
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}
