/**
 * Globs, matched without going back. A part of a glob maps a set of places in the path to the set of places where it
 * may end; so the work is at most the length of the glob times that of the path, whatever stars it has, and where
 * that is still too much, a limit of steps ends it.
 */

/** One part of a glob, of the same meaning wherever it stands. */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  /** One character of a name, or one of those that are listed. */
  | { readonly kind: 'one'; readonly accepts: (character: string) => boolean }
  /** A whole number, without zeros in front. */
  | { readonly kind: 'number'; readonly least: number; readonly most: number }
  /** `*`: any part of a name. */
  | { readonly kind: 'star' }
  /** `**` on its own: any path. */
  | { readonly kind: 'anything' }
  /** `**` and a slash: any folders, or none. */
  | { readonly kind: 'folders' }
  /** A slash and `**` at the end: the folder itself and all below it. */
  | { readonly kind: 'below' }
  /** One of several, `most` times in a row. */
  | {
      readonly kind: 'choice';
      readonly of: readonly Parts[];
      readonly least: 0 | 1;
      readonly most: 1 | 'any';
    }
  /** `!(…)`: any part of a name but these. */
  | { readonly kind: 'not'; readonly of: readonly Parts[] };
export type Parts = readonly Part[];

/** A glob that is ready to be matched. */
export interface Glob {
  readonly text: string;
  readonly parts: Parts;
}

/** Steps that matching may take in all; one glob gets a part of them. */
export class Steps {
  taken = 0;

  constructor(
    readonly most = 1_000_000,
    readonly mostOfOne = 20_000,
  ) {}
}

export type Match = 'yes' | 'no' | 'too long';

/**
 * Whether a glob means a path. A glob without a slash is matched with the last name of the path, others with all of it;
 * either way it may also be that text itself. `too long` when it takes more steps than are left.
 */
export function matchGlob(glob: Glob, path: string, steps = new Steps()): Match {
  const subject = glob.text.includes('/') ? path : path.slice(path.lastIndexOf('/') + 1);
  const last = Math.min(steps.most, steps.taken + steps.mostOfOne);
  steps.taken++;
  if (subject === glob.text) return 'yes';
  const [first] = glob.parts;
  if (first?.kind === 'text' && !subject.startsWith(first.text)) return 'no';
  try {
    return new Matching(subject, steps, last).follow(glob.parts, new Set([0])).has(subject.length)
      ? 'yes'
      : 'no';
  } catch (error) {
    if (error instanceof OutOfSteps) return 'too long';
    throw error;
  }
}

class OutOfSteps extends Error {}

/** One path being matched. Sets hold places in it, 0 … its length. */
class Matching {
  constructor(
    private readonly subject: string,
    private readonly steps: Steps,
    private readonly lastStep: number,
  ) {}

  /** Where a row of parts may end that begins at one of `starts`. */
  follow(parts: Parts, starts: ReadonlySet<number>): ReadonlySet<number> {
    let places = starts;
    for (const part of parts) {
      if (places.size === 0) break;
      places = this.ends(part, places);
    }
    return places;
  }

  private ends(part: Part, starts: ReadonlySet<number>): ReadonlySet<number> {
    const { subject } = this;
    const ends = new Set<number>();
    for (const start of starts) {
      this.step();
      switch (part.kind) {
        case 'text':
          if (subject.startsWith(part.text, start)) ends.add(start + part.text.length);
          break;
        case 'one':
          if (start < subject.length && part.accepts(subject[start])) ends.add(start + 1);
          break;
        case 'number':
          for (let end = start + 1; end <= start + String(part.most).length; end++) {
            const digits = subject.slice(start, end);
            if (!/^(0|[1-9]\d*)$/.test(digits)) break;
            if (Number(digits) >= part.least && Number(digits) <= part.most) ends.add(end);
          }
          break;
        case 'star':
          // Where another start has been along already, the rest is known.
          for (let end = start; !ends.has(end); end++) {
            this.step();
            ends.add(end);
            if (end === subject.length || subject[end] === '/') break;
          }
          break;
        case 'anything':
          for (let end = start; end <= subject.length && !ends.has(end); end++) {
            this.step();
            ends.add(end);
          }
          break;
        case 'folders':
          ends.add(start);
          for (let slash = subject.indexOf('/', start); slash >= 0; slash = subject.indexOf('/', slash + 1)) {
            this.step();
            if (ends.has(slash + 1)) break;
            ends.add(slash + 1);
          }
          break;
        case 'below':
          if (start === subject.length) ends.add(start);
          if (subject[start] !== '/') break;
          for (let end = start + 1; end <= subject.length && !ends.has(end); end++) {
            this.step();
            ends.add(end);
          }
          break;
        case 'not':
          this.others(part.of, start).forEach((end) => ends.add(end));
          break;
        case 'choice':
          break;
        default:
          part satisfies never;
      }
    }
    return part.kind === 'choice' ? this.repeat(part, starts) : ends;
  }

  private repeat(
    { of, least, most }: Extract<Part, { kind: 'choice' }>,
    starts: ReadonlySet<number>,
  ): ReadonlySet<number> {
    const ends = new Set(least === 0 ? starts : []);
    let places = starts;
    do {
      const next = new Set<number>();
      for (const parts of of)
        for (const end of this.follow(parts, places)) {
          this.step();
          if (!ends.has(end)) next.add(end);
        }
      next.forEach((end) => ends.add(end));
      places = next;
    } while (most === 'any' && places.size > 0);
    return ends;
  }

  /** Where a part of a name may end that begins at `start` and is none of these. */
  private others(of: readonly Parts[], start: number): number[] {
    const these = new Set(of.flatMap((parts) => [...this.follow(parts, new Set([start]))]));
    return [...this.ends({ kind: 'star' }, new Set([start]))].filter((end) => !these.has(end));
  }

  private step(): void {
    if (this.steps.taken >= this.lastStep) throw new OutOfSteps();
    this.steps.taken++;
  }
}
