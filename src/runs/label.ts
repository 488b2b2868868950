/** What a person says of a run. */
export interface RunLabel {
  /** What they call it. */
  readonly name?: string | undefined;
  readonly note?: string | undefined;
  /** It stays when the oldest make room. */
  readonly starred?: boolean | undefined;
  /** It was starred or saved after the runs had been sorted by a score of the test part. */
  readonly picked?: boolean | undefined;
}

/** The label among what is known of a run; what is empty is not there. */
export const labelOf = ({ name, note, starred, picked }: RunLabel): RunLabel => ({
  name: name || undefined,
  note: note || undefined,
  starred: starred || undefined,
  picked: picked || undefined,
});
