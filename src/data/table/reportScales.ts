// Reports on radio signals, of which one column often mixes several scales: 59, 599 and -12.
import type { ReadColumn } from '../csv/resolve';
import { named } from './measureNames';
import type { TwoUnits } from './twoUnits';

/** What is reported on by these alone, and what may be. */
const REPORTS = named('rst\\w*|rs|rs\\(t\\)');
const MAY_BE_REPORTS = named('reports?|rprt|rapport|rcvd|rcv|received|sent|snt|signal|snr|exchange');

/** Readability from 1 to 5, strength from 1 to 9 and, of Morse, tone from 1 to 9; decibels have any sign. */
const SCALES = ['RS', 'RST', 'dB'] as const;
type Scale = (typeof SCALES)[number];
function scaleOf(value: number): Scale | undefined {
  const text = String(value);
  if (/^[1-5][1-9]$/.test(text)) return 'RS';
  if (/^[1-5][1-9]{2}$/.test(text)) return 'RST';
  return /^-?\d{1,2}$|^-1[0-4]\d$/.test(text) ? 'dB' : undefined;
}

/** The reports that are given most. */
const COMMONEST = [59, 599];
/** So many different numbers at least, under a name that only may be that of reports. */
const FEWEST = 3;
const FEWEST_OF_A_SCALE = 2;

/** Finds reports in two or three scales: a number in each of two, and all that there are. */
export function reportScales({ name, numbers, unit }: ReadColumn): TwoUnits | null {
  const isSure = REPORTS.test(name.slice(0, 100));
  if (!(isSure || MAY_BE_REPORTS.test(name.slice(0, 100))) || (unit?.taken.length ?? 0) > 0) return null;
  const rows = new Map<Scale, { row: number; cells: number }>();
  const values = new Set<number>();
  for (let row = 0; row < numbers.length; row++) {
    if (Number.isNaN(numbers[row])) continue;
    const scale = scaleOf(numbers[row]);
    if (!scale) return null;
    values.add(numbers[row]);
    const found = rows.get(scale);
    if (found) found.cells++;
    else rows.set(scale, { row, cells: 1 });
  }
  const used = SCALES.filter((scale) => (rows.get(scale)?.cells ?? 0) >= FEWEST_OF_A_SCALE);
  const areReports = isSure || (values.size >= FEWEST && COMMONEST.some((value) => values.has(value)));
  if (used.length < 2 || !areReports) return null;
  const [first, second] = used.map((scale) => rows.get(scale)?.row ?? 0);
  return { rows: [first, second], units: used.join(', ') };
}
