import { failureOf } from '../data/failure';
import { inputName } from './input';
import { bugText, textOf, usageText } from './text';

/** What is wrong with the command line itself. */
export class UsageError extends Error {}

/** What is wrong with a file other than the table. */
export class FileError extends Error {
  constructor(
    readonly file: string,
    message: string,
  ) {
    super(message);
  }
}

/** An error as the command line tells it, `file` being the table that was read, if it came to that. */
export function describeError(error: unknown, file: string | undefined): string {
  if (error instanceof FileError) return `${error.file}: ${error.message}`;
  if (file === undefined || error instanceof UsageError) {
    return usageText(error instanceof Error ? error.message : String(error));
  }
  const { message, place, bug, detail } = failureOf(error);
  const where = [inputName(file), place?.line, place?.column].filter((part) => part !== undefined).join(':');
  return `${where}: ${bug ? bugText(detail) : textOf(message)}`;
}
