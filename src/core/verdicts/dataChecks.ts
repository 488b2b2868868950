import { isWhole } from '../format';
import type { RowFacts } from './looks';
import type { RunCheck, RunFacts } from './runFacts';

/** A column gives the score alone where it gets this share of the way from guessing to all right … */
const GIVES = 0.95;
/** … and is as good as the answer itself from here on. */
const IS_ANSWER = 0.98;
/** All the others together add no more than this. */
const ADD = 0.01;
/** A correlation that leaves two columns hardly any difference. */
const ALIKE = 0.98;
/** Test rows beyond the range of the training part: so many, and this share of all. */
const FEWEST_BEYOND = 5;
const SHARE_BEYOND = 0.05;
/** A column is useless where the cost rises by less than this share of what the network gains. */
const USELESS = 0.005;
/** A network that gains less than this share of what guessing costs knows no column from another. */
const LEARNT = 0.05;

export interface GoldenArgs {
  readonly isRegression: boolean;
  readonly column: string;
  /** What it scores alone, of the way from guessing to all right. */
  readonly share: number;
  readonly alone: number;
  readonly all: number;
}
export interface BeyondArgs {
  readonly column: string;
  readonly rows: number;
  readonly testRows: number;
  readonly line: number;
  /** Further columns of which the same holds. */
  readonly more: number;
}
export interface AlikeArgs {
  readonly one: string;
  readonly other: string;
  readonly correlation: number;
  readonly more: number;
}
export interface UselessArgs {
  readonly columns: readonly string[];
  readonly ofColumns: number;
}

/** What the checks of the data find. */
export interface DataArgs {
  readonly 'golden-feature': GoldenArgs;
  readonly 'beyond-training': BeyondArgs;
  readonly 'correlated-features': AlikeArgs;
  readonly 'useless-features': UselessArgs;
}

/** What the rows show, with the network or without it. */
export const dataChecks: { readonly [C in keyof DataArgs]: RunCheck<DataArgs[C]> } = {
  'golden-feature': {
    isOfData: true,
    severity: ({ share }) => (share >= IS_ANSWER ? 'warning' : 'information'),
    rule: goldenFeature,
    // A name that has been cut names no column.
    remedy: ({ column }) =>
      isWhole(column) ? { code: 'ignore-column', changes: { 'data.ignoredColumns': [column] } } : null,
  },
  'beyond-training': {
    isOfData: true,
    severity: () => 'warning',
    rule: ({ rows, table }) => {
      if (!rows || !table) return null;
      const { testRows } = table;
      const far = rows.beyond.filter((each) => each.rows >= Math.max(FEWEST_BEYOND, SHARE_BEYOND * testRows));
      return far.length > 0 ? { ...far[0], testRows, more: far.length - 1 } : null;
    },
  },
  'correlated-features': {
    isOfData: true,
    severity: () => 'information',
    rule: ({ rows }) => {
      const pairs = (rows?.alike ?? []).filter(({ correlation }) => Math.abs(correlation) >= ALIKE);
      return pairs.length > 0 ? { ...pairs[0], more: pairs.length - 1 } : null;
    },
  },
  'useless-features': {
    severity: () => 'information',
    rule: ({ curve, over }) => {
      const model = over?.model;
      if (!model || model.epoch !== curve.at(-1)?.epoch || model.gain < LEARNT * model.guess) return null;
      const columns = model.least
        .filter(({ rise }) => rise < USELESS * model.gain)
        .map(({ column }) => column);
      return columns.length > 0 && model.ofColumns > 1 ? { columns, ofColumns: model.ofColumns } : null;
    },
  },
};

function goldenFeature({ curve, diverged, rows, table, over }: RunFacts): GoldenArgs | null {
  const last = curve.at(-1);
  if (!last || !rows?.best || !table || !over || diverged || rows.ofColumns < 2) return null;
  const { column, score: alone } = rows.best;
  const all = last.testScore ?? last.trainScore;
  const share = shareOf(rows, alone);
  return share >= GIVES && all - alone <= ADD
    ? { isRegression: table.isRegression, column, share, alone, all }
    : null;
}

const shareOf = ({ guess }: RowFacts, alone: number): number =>
  guess < 1 ? (alone - guess) / (1 - guess) : 0;
