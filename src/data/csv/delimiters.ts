import { message, type Message } from '../message';
import type { ReadTable } from './read';
import type { Respelling } from './respelling';

/** How a file was read; null for what is no table. */
export function dialectOf({ dialect, header, encoding }: ReadTable): Message<'dialect'> | null {
  if (!dialect) return null;
  const { delimiter, quote } = dialect.syntax;
  const { respelling } = dialect;
  return message('dialect', {
    delimiter: respelling ? separatorIn(respelling) : String.fromCharCode(delimiter),
    decimalComma: dialect.decimalMark === ',',
    header,
    quote: Number.isNaN(quote) ? '' : String.fromCharCode(quote),
    firstLine: dialect.firstLine,
    encoding,
  });
}

/** What separates the cells, as far as characters do. */
const separatorIn = (respelling: Respelling): string =>
  respelling.how === 'text' ? respelling.separator : respelling.how;
