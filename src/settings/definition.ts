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
  | ({ readonly kind: 'numbersOrAuto'; readonly longest: number } & NumberRange)
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly kind: 'text' }
  | { readonly kind: 'texts' }
  /** A choice for some columns, by their names. */
  | { readonly kind: 'choiceByColumn'; readonly choices: readonly string[] }
  /** A list of texts for some columns, by their names. */
  | { readonly kind: 'textsByColumn' }
  | { readonly kind: 'boolean' };

/** What there is to know of one setting, besides what a person reads of it: that is in descriptions.ts. */
export type Definition<T> = Kind & {
  readonly default: T;
  /** `live`: acts on the running training; `restart`: the next one; `view`: no training. */
  readonly acts: 'live' | 'restart' | 'view';
};

export type Definitions<T> = { readonly [K in keyof T]: Definition<T[K]> };
