/** The bounds of a number, both of them allowed. */
export interface NumberRange {
  readonly minimum: number;
  readonly maximum: number;
  readonly whole?: boolean;
}

export type Kind =
  | ({ readonly kind: 'number' } & NumberRange)
  | ({ readonly kind: 'numberOrAuto' } & NumberRange)
  | ({ readonly kind: 'numbers'; readonly longest: number } & NumberRange)
  | { readonly kind: 'choice'; readonly choices: Readonly<Record<string, string>> }
  | { readonly kind: 'text' }
  | { readonly kind: 'texts' }
  | { readonly kind: 'boolean' };

/** What there is to know of one setting: the manifest, the command line and the docs are made from it. */
export type Definition<T> = Kind & {
  readonly default: T;
  readonly description: string;
  /** `live`: acts on the running training; `restart`: the next one; `view`: pictures only. */
  readonly acts: 'live' | 'restart' | 'view';
};

export type Definitions<T> = { readonly [K in keyof T]: Definition<T[K]> };

/** The choices that code knows, each with what a person reads of it. */
export const described = (
  descriptions: Readonly<Record<string, string>>,
  keys: readonly string[],
): Record<string, string> => Object.fromEntries(keys.map((key) => [key, descriptions[key]]));
