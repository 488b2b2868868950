import { closeSync, fstatSync } from 'node:fs';
import { cut, whole } from '../core/format';
import { asUtf8 } from '../data/csv/encoding';
import type { ReadTable } from '../data/csv/read';
import { Tokens } from '../data/csv/tokens';
import type { Dataset } from '../data/dataset';
import { isReadable } from '../export/torchrunReads';
import { CellOfRecord } from '../predict/cells';
import type { Settings } from '../settings/settings';
import { bytesAt, openRegular, piecesOf } from '../threads/regularFile';
import { isPacked, unpack } from '../threads/unpack';

/** A table, what was made of it, and where the columns of its transform and the target stand. */
interface Cells {
  readonly table: ReadTable;
  readonly dataset: Dataset;
  readonly settings: Settings;
  readonly places: readonly number[];
}

/** The first cell of numbers or times that a script in Python could not read, as a sentence; null where there is none. */
export function unreadableIn(file: string, { table, dataset, settings, places }: Cells): string | null {
  const { dialect } = table;
  if (!dialect) return null;
  const { transform, lines } = dataset;
  const columns = [...transform.columns, transform.target];
  const marks = [...(transform.reading?.columns ?? []), transform.reading?.target];
  const placeholders = new Map(Object.entries(settings['data.placeholders']));
  const isMissing = (text: string, name: string) =>
    text.trim() === '' ||
    settings['csv.missingTokens'].includes(text) ||
    placeholders.get(name)?.includes(text);
  const looked = columns.flatMap((column, k) =>
    column.kind === 'number' || column.kind === 'time'
      ? [{ column, place: places[k], mark: marks[k]?.decimalMark ?? ('.' as const) }]
      : [],
  );
  const tokens = tokensOf(dialect, settings);
  const cell = new CellOfRecord(dialect.syntax);
  let row = 0;
  const look = (): string | null => {
    while (tokens.next()) {
      if (row === lines.length || tokens.line !== lines[row]) continue;
      row++;
      for (const { column, place, mark } of looked) {
        if (place >= tokens.count) continue;
        const { text } = cell.at(tokens, place);
        if (isReadable(column, text, mark) || isMissing(text, column.name)) continue;
        return `in “${cut(column.name)}” the script could not read “${cut(text)}”, on line ${whole(tokens.line)}`;
      }
    }
    return null;
  };
  for (const bytes of asUtf8(bytesOf(file), table.encoding)) {
    tokens.push(bytes, false);
    const found = look();
    if (found !== null) return found;
  }
  tokens.push(new Uint8Array(), true);
  return look() ?? (row < lines.length ? NOT_FOUND : null);
}

const NOT_FOUND = 'its rows do not stand where they stood when it was read';

function tokensOf({ syntax, width, commentPrefixes }: NonNullable<ReadTable['dialect']>, settings: Settings) {
  const prefixes = commentPrefixes.map((prefix) => new TextEncoder().encode(prefix));
  return new Tokens(syntax, undefined, { skipLines: settings['csv.skipLines'], prefixes, width });
}

function* bytesOf(file: string): Generator<Uint8Array> {
  const fd = openRegular(file);
  try {
    const { size } = fstatSync(fd);
    if (isPacked(bytesAt(fd, 0, Math.min(2, size)))) yield unpack(bytesAt(fd, 0, size));
    else yield* piecesOf(fd, 0, size);
  } finally {
    closeSync(fd);
  }
}
