import type { NumberTable } from '../pictures/picture';

/** A table as RFC 4180 has it. Numbers keep every digit that tells them from their neighbours. */
export const csvOf = ({ columns, rows }: NumberTable): string =>
  [columns, ...rows].map((cells) => `${cells.map((cell) => quoted(String(cell))).join(',')}\r\n`).join('');

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
