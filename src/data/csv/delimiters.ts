import type { ReadTable } from './read';

const names: Readonly<Record<string, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'pipe',
  ' ': 'space',
};

/** What a delimiter is called. */
export const delimiterName = (byte: number): string => {
  const character = String.fromCharCode(byte);
  return names[character] ?? character;
};

/** How a file was read, in a few words: `semicolon, decimal comma, windows-1252`. */
export function dialectText({ dialect, header, encoding }: ReadTable): string {
  if (!dialect) return '';
  const quote = dialect.syntax.quote;
  return [
    delimiterName(dialect.syntax.delimiter),
    ...(dialect.decimalMark === ',' ? ['decimal comma'] : []),
    ...(header ? [] : ['no header']),
    ...(Number.isNaN(quote)
      ? ['no quotes']
      : quote === 34
        ? []
        : [`quoted with ${String.fromCharCode(quote)}`]),
    ...(dialect.firstLine > 1 ? [`from line ${dialect.firstLine}`] : []),
    ...(encoding === 'utf-8' ? [] : [encoding]),
  ].join(', ');
}
