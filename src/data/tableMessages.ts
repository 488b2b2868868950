import type { ColumnKind } from '../settings/data';
import type { Evidence, TaskWhy } from './message';

/** No arguments. */
type Nothing = Record<never, never>;

/** Why a column cannot be the target. */
export interface TargetMessages {
  'no-such-target': { readonly name: string; readonly names: readonly string[]; readonly more: number };
  'all-ignored': Nothing;
  'target-empty': { readonly target: string };
  'target-holds-text': { readonly target: string; readonly text: string };
  'one-class': { readonly target: string; readonly text: string };
  'target-all-differs': { readonly target: string };
  'too-many-classes': { readonly target: string; readonly classes: number; readonly most: number };
  'not-two-classes': { readonly target: string; readonly classes: number };
}

/** Why there is nothing to train on. */
export interface ExampleMessages {
  'no-split-column': { readonly name: string };
  'split-leaves-nothing': { readonly column: string };
  'no-features': {
    readonly target: string;
    readonly leftOut: readonly { readonly column: string; readonly evidence: Evidence }[];
  };
  'missing-value-refused': { readonly column: string };
  'too-few-usable': { readonly usable: number; readonly rows: number };
  'one-class-left': { readonly target: string; readonly text: string };
}

/** Why a column has its type. */
export interface EvidenceMessages {
  'digits-are-lost': Nothing;
  'all-missing': Nothing;
  'all-the-same': Nothing;
  'counts-the-rows': Nothing;
  'named-like-identifier': Nothing;
  'holds-numbers': Nothing;
  'holds-amounts': { readonly units: readonly string[] };
  'holds-two-texts': { readonly texts: readonly string[] };
  'holds-dates': { readonly format: string };
  'holds-times': Nothing;
  'few-texts': { readonly distinct: number };
  /** `areContrary`: some can only be the one, some only the other. */
  'ambiguous-dates': { readonly formats: readonly string[]; readonly areContrary?: boolean };
  'no-two-the-same': Nothing;
  'many-texts': { readonly distinct: number };
  'given-or-empty': { readonly mark: string | null; readonly given: number };
  'lists-answers': { readonly text: string; readonly answers: number };
  'chosen-type': { readonly type: ColumnKind };
}

/** Why a column is the target. */
export interface ReasonMessages {
  chosen: Nothing;
  'usual-name': { readonly name: string };
  'last-classes': Nothing;
  'last-numbers': Nothing;
  'last-column': Nothing;
}

/** As what the target is predicted, and why. */
export interface TaskMessages {
  'as-classes': { readonly classes: number; readonly why: TaskWhy };
  'as-number': { readonly why: TaskWhy };
}

/** Why the target is predicted as classes, or as a number. */
export interface TaskWhyMessages {
  'output-is-set': Nothing;
  'holds-texts': Nothing;
  'few-whole-numbers': { readonly distinct: number };
  'named-like-classes': Nothing;
  'many-whole-numbers': { readonly most: number };
  'lone-whole-number': Nothing;
  'holds-fractions': Nothing;
}

/** How a file was read. */
export interface DialectMessages {
  dialect: {
    readonly delimiter: string;
    readonly decimalComma: boolean;
    readonly header: boolean;
    /** Empty: quotes mean nothing. */
    readonly quote: string;
    readonly firstLine: number;
    readonly encoding: string;
  };
}
