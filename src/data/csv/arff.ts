import type { NoTable } from '../message';
import type { NamesAbove } from './commentedNames';
import type { ReadOptions } from './readOptions';

/** How an ARFF file (of Weka) is read: its rows are CSV below a list of attributes. */
export interface Arff {
  readonly namesAbove: NamesAbove;
  readonly options: ReadOptions;
}

const ATTRIBUTE = /^@attribute\s+(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([^\s{]+))\s*(.*)$/i;

/** Empty lines and comments, each of which ends at its own line: what could end in two ways takes ever longer the more there is. */
const BEGINS = /^(?:[^\S\r\n]*(?:%[^\r\n]*)?[\r\n])*[^\S\r\n]*@relation\b/i;

/** How a file that begins like ARFF is read, or why not; undefined for any other. */
export function arffOf(head: Uint8Array, options: ReadOptions): Arff | NoTable | undefined {
  const text = new TextDecoder().decode(head);
  if (!BEGINS.test(text.slice(0, 4096))) return undefined;
  const lines = text.split(/\r\n|\r|\n/);
  const data = lines.findIndex((line) => /^\s*@data\s*$/i.test(line));
  const attributes = lines.slice(0, data).flatMap((line, k) => {
    const found = ATTRIBUTE.exec(line.trim());
    return found
      ? [{ name: found[1] ?? found[2] ?? found[3], type: found[4], line: k + 1, length: line.length }]
      : [];
  });
  if (data < 0 || attributes.length === 0) return { kind: 'text', name: 'ARFF without @data' };
  const rows = lines.slice(data + 1).filter((line) => line.trim() !== '' && !line.startsWith('%'));
  if (rows.some((line) => /^\s*\{/.test(line))) return { kind: 'sparse ARFF', name: 'ARFF' };
  const [{ line, length }] = attributes;
  return {
    namesAbove: { line, endColumn: length + 1, names: attributes.map(({ name }) => name), how: 'ARFF' },
    options: {
      // What a person says of the file counts more.
      ...{ delimiter: rows[0]?.includes(',') ? ',' : '\t', commentPrefixes: ['%'] },
      ...(rows.some((row) => /(?:^|[,\t])\s*'/.test(row)) && { quote: "'" }),
      ...options,
      ...(options.delimiter === 'auto' && { delimiter: rows[0]?.includes(',') ? ',' : '\t' }),
      ...{ skipLines: data + 1, header: 'absent' },
      columnTypes: {
        // A list of values is one of classes, numbers too.
        ...Object.fromEntries(
          attributes.flatMap(({ name, type }) => (type.startsWith('{') ? [[name, 'category'] as const] : [])),
        ),
        ...options.columnTypes,
      },
    },
  };
}
