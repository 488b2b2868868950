import type { Message } from './message';

/** A place in a text file, both from 1; `endColumn` is one past the last character. */
export interface Place {
  readonly line: number;
  readonly column?: number;
  readonly endColumn?: number;
}

/** Something a person can mend: a message that says what is wrong and what to do, and where it is. */
export class UserError extends Error {
  override readonly name = 'UserError';
  constructor(
    readonly said: Message,
    readonly place?: Place,
  ) {
    // For a log; a person is told the sentence.
    super(JSON.stringify(said));
  }
}
