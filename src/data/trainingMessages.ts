import type { SettingKey } from '../settings/settings';
import type { Evidence, IdleReason, Message } from './message';
import type { ProblemMessages } from './problemMessages';

/** No arguments. */
type Nothing = Record<never, never>;

/** Why a file cannot be read, mostly as the codes of Node's errors. */
export const fileErrors = [
  ...(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG', 'zero byte', 'EACCES', 'EPERM', 'EISDIR'] as const),
  ...(['EMFILE', 'ENFILE', 'EIO', 'ENXIO', 'ESTALE', 'ETIMEDOUT', 'ENOSPC'] as const),
] as const;
export type FileError = (typeof fileErrors)[number];

/** Why a training cannot be asked for its earlier epochs: what it would need is another now, or gone, or was never kept. */
export type WhyNotBack =
  'other file' | 'no file' | 'other reading' | 'other engine' | 'no weights' | 'old edits' | 'no trainer';

/** Why a file cannot be read, or a training cannot be. */
export interface FailureMessages {
  'cannot-read': { readonly why: FileError };
  'no-regular-file': { readonly kind: 'folder' | 'pipe' | 'socket' | 'device' | 'something else' };
  'out-of-memory': Nothing;
  /** The process that trains, by somebody or by the system. */
  'process-ended': { readonly signal: string };
  /** The process that trains, stopped or stuck. */
  'process-silent': { readonly seconds: number };
  'network-too-large': {
    readonly sizes: readonly number[];
    readonly rows: number;
    readonly megabytes: number;
    readonly allowed: number;
  };
  'unpacked-too-large': { readonly most: number };
  'input-too-large': { readonly most: number };
  'cannot-unpack': { readonly reason: string };
  'file-changed': Nothing;
  'nothing-to-answer': Nothing;
  'no-such-run': Nothing;
  'run-is-shown': Nothing;
  'nothing-to-compare': Nothing;
  'too-many-folds': { readonly folds: number; readonly most: number };
  'too-many-trainings': { readonly trainings: number; readonly folds: number; readonly most: number };
  /** Why nobody can say how things stood at an earlier epoch. */
  'cannot-go-back': { readonly why: WhyNotBack };
  /** Why a model cannot be trained further on a table. */
  'model-column-absent': { readonly names: readonly string[]; readonly more: number };
  'model-class-new': {
    readonly target: string;
    readonly text: string;
    readonly classes: readonly string[];
    readonly more: number;
  };
  'model-takes-number': { readonly target: string };
  'row-of-other-file': Nothing;
  'epoch-not-trained': { readonly epoch: number; readonly trained: number };
  'again-while-running': Nothing;
  'edited-while-running': Nothing;
  'nothing-to-undo': Nothing;
  'edit-not-finite': Nothing;
  'step-diverges': { readonly epoch: number };
  'picture-of-other-run': Nothing;
  'not-saved': { readonly file: string; readonly why: string };
  /** Of settings, by their keys. */
  'unusable-value': { readonly key: string; readonly why: string };
  overridden: { readonly key: string; readonly value: string; readonly now: string };
  'edited-since': { readonly key: string };
  'remote-too-large': { readonly megabytes: number; readonly most: number };
  /** What the system or a library says. */
  other: { readonly text: string };
  bug: { readonly text: string };
}

/** What a person should know of a training. */
export interface NoticeMessages {
  'setting-names-no-column': { readonly key: SettingKey; readonly name: string };
  'on-line': { readonly line: number; readonly problem: Message<keyof ProblemMessages> };
  'more-problems': { readonly count: number };
  'left-out': { readonly column: string; readonly evidence: Evidence };
  'read-with-decimal-comma': { readonly column: string };
  'read-with-thousands': { readonly column: string };
  'rows-skipped': {
    readonly skipped: number;
    readonly rows: number;
    readonly line: number;
    readonly misses: 'target' | 'value';
  };
  'filled-in': { readonly columns: readonly string[]; readonly more: number };
  'split-without-value': { readonly column: string; readonly rows: number; readonly line: number };
  'listed-in-vain': {
    readonly key: SettingKey;
    readonly name: string;
    readonly why: 'target' | 'splits' | 'ignored' | 'constant' | 'feature' | 'noCheck';
  };
  'idle-setting': { readonly key: SettingKey; readonly why: IdleReason };
  /** The epoch that made a number infinite, and the first layer it showed in, both from 1. */
  diverged: {
    readonly epoch: number;
    readonly layer: number;
    readonly learningRate: number;
    readonly suggestedRate: number | null;
  };
}

/** Why a setting that was set cannot act. */
export interface IdleMessages {
  'no-hidden-layers': Nothing;
  'own-parameters': Nothing;
  'starts-by': { readonly method: string };
  'constant-rate': Nothing;
  'no-decay': Nothing;
  'no-steps': { readonly schedule: string };
  'step-too-late': { readonly every: number; readonly epochs: number };
  'batch-of-all': { readonly rows: number };
  'optimizer-without-momentum': { readonly optimizer: string };
  'target-without-classes': Nothing;
  'nothing-tested': Nothing;
  'patience-too-long': { readonly epochs: number };
  'no-patience': Nothing;
  'words-split': { readonly column: string };
  'column-splits-nothing': { readonly column: string };
  'too-few-to-split': { readonly fewest: number };
  'one-thread': Nothing;
  'no-column-to-split-by': Nothing;
}
