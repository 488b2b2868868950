import { message, type Message } from '../message';
import type { ReadTable } from './read';

/** How a file was read; null for what is no table. */
export function dialectOf({ dialect, header, encoding }: ReadTable): Message<'dialect'> | null {
  if (!dialect) return null;
  const { delimiter, quote } = dialect.syntax;
  return message('dialect', {
    delimiter: String.fromCharCode(delimiter),
    decimalComma: dialect.decimalMark === ',',
    header,
    quote: Number.isNaN(quote) ? '' : String.fromCharCode(quote),
    firstLine: dialect.firstLine,
    encoding,
  });
}
