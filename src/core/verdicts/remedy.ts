/** What a person can do about a finding: settings of this file that are changed, and the training restarted with them. */
export interface Remedy {
  /** On the button. */
  readonly label: string;
  /** Settings by their keys. */
  readonly changes: Readonly<Record<string, number | string | readonly number[]>>;
  /** What one should know before; empty when nothing. */
  readonly caution: string;
}
