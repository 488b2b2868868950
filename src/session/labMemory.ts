import { nothingFound, type Found } from './lab';

/** Files whose experiments are remembered while none of them is looked at: each may hold some megabytes of curves and weights. */
export const MOST_FILES = 4;

/** What the Lab has found on each file: on those looked at last, until the window closes. */
export class LabMemory {
  /** What was looked at last stands last. */
  private readonly files = new Map<string, Found>();

  /** @param isInUse whether a file is shown, or an experiment on it under way: it is not forgotten */
  constructor(private readonly isInUse: (file: string) => boolean) {}

  /** What has been found on a file, which is looked at now. */
  of(file: string): Found {
    const found = this.files.get(file) ?? nothingFound();
    this.files.delete(file);
    this.files.set(file, found);
    this.forgetOldest(file);
    return found;
  }

  private forgetOldest(looked: string): void {
    for (const [file, found] of this.files) {
      if (this.files.size <= MOST_FILES) return;
      if (file === looked || this.isInUse(file)) continue;
      this.files.delete(file);
      // The labs of its runs share it: with them it would stay.
      found.experiments.clear();
      found.search = null;
      found.comparison = null;
      found.crossValidation = null;
    }
  }
}
