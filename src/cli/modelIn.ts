import { failureOf } from '../data/failure';
import type { Model } from '../runs/model';
import { ModelError } from '../runs/modelJson';
import { readModel } from '../runs/readModel';
import { FileError } from './errors';
import { textOf } from './text';

/** The model in a file. Throws FileError for what is none. */
export async function modelIn(file: string): Promise<Model> {
  try {
    return await readModel(file);
  } catch (error) {
    if (error instanceof ModelError) throw new FileError(file, error.message);
    const { message, bug } = failureOf(error);
    throw bug ? error : new FileError(file, textOf(message));
  }
}
