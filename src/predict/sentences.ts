import { cut } from '../core/format';
import type { Unmatched } from './columns';

/** Why the rows of a file cannot be predicted, as a sentence. */
export class CannotPredict extends Error {}

const quoted = (name: string) => `“${cut(name)}”`;
const listed = (names: readonly string[]) => {
  const shown = names.slice(0, MOST_NAMED).map(quoted).join(', ');
  return names.length > MOST_NAMED ? `${shown} and ${names.length - MOST_NAMED} more` : shown;
};
const MOST_NAMED = 12;

export function unmatchedText(unmatched: Unmatched): string {
  switch (unmatched.why) {
    case 'absent':
      return unmatched.names.length === 1
        ? `It has no column ${listed(unmatched.names)}, which the model takes.`
        : `It does not have ${unmatched.names.length} columns that the model takes: ${listed(unmatched.names)}.`;
    case 'ambiguous':
      return `Which of its columns is ${quoted(unmatched.name)}? ${listed(unmatched.inFile)} are spelled like it.`;
    case 'not a feature':
      return `The model takes no column ${quoted(unmatched.name)}.`;
    default:
      return unmatched satisfies never;
  }
}

const FORMS = {
  'JSON Lines': 'It is JSON Lines, which has no cells.',
  ARFF: 'It is ARFF, whose columns are declared in its head.',
  text: 'Its cells are separated by more than one character.',
  'runs of blanks': 'Its cells are separated by runs of blanks, between which none can be empty.',
  'fixed width': 'Its cells stand at fixed places of a line, without anything between them.',
} as const;
export type Form = keyof typeof FORMS;

/** A file that no cells can be added to. */
export class OtherForm extends CannotPredict {
  constructor(readonly form: Form) {
    super(`${FORMS[form]} No cells can be added behind its rows: save it as CSV.`);
  }
}

/** Why the rows of a file are not shown beside a model. */
export const notShownText = (error: CannotPredict): string =>
  error instanceof OtherForm
    ? `${FORMS[error.form]} Its rows are shown here once it is saved as CSV.`
    : error.message;

export const unreadableText = (names: readonly string[]): string =>
  `It cannot be this model’s table: ${listed(names)} ${names.length === 1 ? 'has' : 'have'} no cell of the kind that the model takes.`;

export const unwritableText = (text: string, encoding: string): string =>
  `${quoted(text)} cannot be written in ${encoding}, the encoding of the file. Save the file as UTF-8.`;
export const unquotableText = (text: string): string =>
  `${quoted(text)} cannot be written: it would need quotes, which mean nothing in this file.`;
export const BACKSLASHES =
  'A quote in it stands behind a backslash, which its first rows did not show. Save it with doubled quotes.';
export const OVERLONG = 'A row of it is longer than 16 MB: a quote may never have been closed.';
