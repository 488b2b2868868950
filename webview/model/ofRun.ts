import { signal } from '@preact/signals';

/** What the webview was last told of a run, where it was told of it. */
export class OfRun<T> {
  private run = '';
  private readonly shown = signal<T | null>(null);

  take(run: string, told: T): void {
    this.run = run;
    this.shown.value = told;
  }

  /** That of another run is none to look at. */
  of(run: string): T | null {
    const told = this.shown.value;
    return run === this.run ? told : null;
  }
}
