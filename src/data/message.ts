import { cut } from '../core/format';
import type { ProblemMessages } from './problemMessages';
import type {
  DialectMessages,
  EvidenceMessages,
  ExampleMessages,
  ReasonMessages,
  TargetMessages,
  TaskMessages,
  TaskWhyMessages,
} from './tableMessages';
import type { FailureMessages, IdleMessages, NoticeMessages } from './trainingMessages';

// What a person is told, as codes with arguments: of a table that is read (problemMessages.ts), of what is found of it
// (tableMessages.ts), of a training (trainingMessages.ts). The sentences are in sentences.ts and the files that it names,
// and made at the edges only.

export type { NoTable } from './fileProblems';
export type { ProblemMessages } from './problemMessages';
export { fileErrors, type FileError, type WhyNotBack } from './trainingMessages';

/** Each code with its arguments. */
export interface Messages
  extends
    ProblemMessages,
    TargetMessages,
    ExampleMessages,
    FailureMessages,
    EvidenceMessages,
    ReasonMessages,
    TaskMessages,
    TaskWhyMessages,
    NoticeMessages,
    IdleMessages,
    DialectMessages {}
export type MessageCode = keyof Messages;

export type Message<C extends MessageCode = MessageCode> = {
  [K in C]: { readonly code: K; readonly args: Messages[K] };
}[C];
export type Evidence = Message<keyof EvidenceMessages>;
export type Reason = Message<keyof ReasonMessages>;
export type TaskReason = Message<keyof TaskMessages>;
export type TaskWhy = Message<keyof TaskWhyMessages> | Evidence;
export type Notice = Message<keyof NoticeMessages>;
export type IdleReason = Message<keyof IdleMessages>;

/** Texts of a file in arguments, however deep, cut to what is sent and shown. */
export function cutTexts<T>(value: T): T;
export function cutTexts(value: unknown): unknown {
  if (typeof value === 'string') return cut(value);
  if (Array.isArray(value)) return value.map((each: unknown) => cutTexts(each));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, cutTexts<unknown>(each)]));
}

/** A message whose texts are cut. */
export const message = <C extends MessageCode>(code: C, args: Messages[C]): Message<C> => ({
  code,
  args: cutTexts(args),
});
