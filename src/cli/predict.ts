import { existsSync, realpathSync } from 'node:fs';
import type { Model } from '../runs/model';
import { AtomicFile } from '../runs/atomicFile';
import { ModelError } from '../runs/modelJson';
import { mustBeFree, type Output } from '../runs/outputFile';
import { readModel } from '../runs/readModel';
import { matchColumns } from '../predict/columns';
import { fileHeadOf, isHead, type FileHead, type Told } from '../predict/head';
import { Prediction } from '../predict/predict';
import { CannotPredict, unmatchedText } from '../predict/sentences';
import { failureOf } from '../data/failure';
import { FileError } from './errors';
import { inputName } from './input';
import { printBytes, printError, printJsonError, shown } from './output';
import { openInput } from './predictInput';
import { predictedLines } from './predictText';
import { refusedInWords } from './save';
import { textOf } from './text';

/** What the command line says of a prediction. */
export interface PredictOptions {
  /** Undefined: standard output. */
  readonly output: Output | undefined;
  readonly allowMissing: readonly string[];
  readonly escapeFormulas: boolean;
  readonly json: boolean;
  readonly told: Told;
}

/** `predict MODEL FILE`: the file with a model's predictions. Returns the exit status: 1 when some rows have none. */
export async function predict(modelFile: string, file: string, options: PredictOptions): Promise<number> {
  const { output, json } = options;
  if (output) refusedInWords(() => mustBeFree(output));
  const model = await modelIn(modelFile);
  const input = openInput(file);
  try {
    const { prediction, head } = output
      ? await intoFile(output, (write) => through(model, input.pieces, options, write))
      : await through(model, input.pieces, options, printBytes);
    const { result } = prediction;
    const isTrainingFile = input.hash() === model.training.tableHash;
    if (json) {
      const { rows, predicted, outside, unknown, missing, score } = result;
      printJsonError({ event: 'predicted', rows, predicted, outside, unknown, missing, score });
    } else predictedLines(model, head.matched, result, isTrainingFile).forEach(printError);
    return result.predicted < result.rows ? 1 : 0;
  } catch (error) {
    if (error instanceof CannotPredict) throw new FileError(shown(inputName(file)), error.message);
    throw error;
  }
}

async function modelIn(file: string): Promise<Model> {
  try {
    return await readModel(file);
  } catch (error) {
    if (error instanceof ModelError) throw new FileError(file, error.message);
    const { message, bug } = failureOf(error);
    throw bug ? error : new FileError(file, textOf(message));
  }
}

type Head = FileHead & { readonly matched: Exclude<ReturnType<typeof matchColumns>, { why: string }> };
type Written = { readonly prediction: Prediction; readonly head: Head };
type Write = (bytes: Uint8Array) => void | Promise<void>;

/** Reads all of a file, and writes it with its predictions as it comes. */
async function through(
  model: Model,
  pieces: AsyncIterable<Uint8Array>,
  options: PredictOptions,
  write: Write,
): Promise<Written> {
  let first: Uint8Array = new Uint8Array();
  let begun: Written | null = null;
  for await (const piece of pieces) {
    if (begun) {
      await write(begun.prediction.take(piece, false));
      continue;
    }
    first = Buffer.concat([first, piece]);
    if (!isHead(first)) continue;
    begun = begin(model, first, false, options);
    await write(begun.prediction.take(first, false));
  }
  if (!begun) {
    begun = begin(model, first, true, options);
    await write(begun.prediction.take(first, false));
  }
  await write(begun.prediction.take(new Uint8Array(), true));
  return begun;
}

function begin(model: Model, bytes: Uint8Array, whole: boolean, options: PredictOptions): Written {
  const head = fileHeadOf(bytes, whole, model, options.told);
  const matched = matchColumns(model.transform, head.names, options.allowMissing);
  if ('why' in matched) throw new CannotPredict(unmatchedText(matched));
  return { prediction: new Prediction(model, head, matched, options), head: { ...head, matched } };
}

/** Has a file written that is there once it is whole; the old one stays where that fails. */
async function intoFile<T>({ file }: Output, work: (write: Write) => Promise<T>): Promise<T> {
  const written = await AtomicFile.create(existsSync(file) ? realpathSync(file) : file);
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
