import type { Message } from '../message';
import type { ProblemCode } from '../problems';
import { bareDelimiter, type ReadOptions } from './readOptions';

/** What is wrong with what a person said about the file. */
export function wrongOption({ encoding, delimiter, quote }: ReadOptions): Message<ProblemCode> | undefined {
  if (encoding !== undefined && encoding !== 'auto' && !isEncoding(encoding)) {
    return { code: 'unknown-encoding', args: { encoding } };
  }
  if (
    delimiter !== undefined &&
    delimiter !== 'auto' &&
    !(isSeparator(bareDelimiter(delimiter)) && delimiter !== (quote ?? '"'))
  ) {
    return { code: 'unknown-delimiter', args: { delimiter } };
  }
  if (quote !== undefined && quote !== '' && (!isByte(quote) || quote === delimiter)) {
    return { code: 'unknown-quote', args: { quote } };
  }
  return undefined;
}

/** A longer one is a slip. */
const LONGEST_DELIMITER = 10;
const isSeparator = (text: string) =>
  isByte(text) || (text.length <= LONGEST_DELIMITER && /^[^\p{L}\p{N}\s"]+$/u.test(text));
const isByte = (text: string) => /^[^\r\n\u0080-\uffff]$/.test(text);

function isEncoding(name: string): boolean {
  try {
    new TextDecoder(name);
    return true;
  } catch {
    return false;
  }
}
