import * as vscode from 'vscode';
import type { HandlesView } from '../protocol/handlesView';
import { Comparing } from '../session/comparing';
import { CrossValidating } from '../session/crossValidating';
import { Finding } from '../session/finding';
import { Lab } from '../session/lab';
import { LabMemory } from '../session/labMemory';
import type { RunList } from '../session/runList';
import type { Session } from '../session/session';
import type { Sessions } from '../session/sessions';
import type { Exercises } from './exercises';
import { handlesView } from './handlesView';
import type { HandleWrites } from './handleWrites';
import type { FileSettings } from './settings';
import { ShownSession } from './shownSession';

/** What a run is shown with. */
export interface ShownParts {
  readonly sessions: Sessions;
  readonly fileSettings: Pick<FileSettings, 'read'>;
  readonly list: RunList;
  readonly writes: HandleWrites;
  readonly exercises: Exercises;
}

type LabWork = Lab | Finding | Comparing | CrossValidating;

/** The runs as the Lenses show them: each with the handles, the exercises and the experiments on its data. */
export class ShownRuns {
  private readonly shown = new WeakMap<Session, ShownSession>();
  /** What the Lab has found on each file, and the runs on whose data it is at work. */
  private readonly found = new LabMemory((file) => this.isLookedAt(file));
  private readonly experimenting = new Map<Session, Set<LabWork>>();

  /**
   * @param inLenses the runs that a Lens shows, in sight or not
   * @param changed hears of a run with news of an experiment
   */
  constructor(
    private readonly parts: ShownParts,
    private readonly inLenses: () => readonly (ShownSession | undefined)[],
    private readonly changed: (session: Session) => void,
  ) {}

  of(session: Session): ShownSession {
    const shown = this.shown.get(session);
    if (shown) return shown;
    const made = new ShownSession(
      session,
      this.parts.sessions,
      this.parts.list,
      this.labOf(session),
      this.findingOf(session),
      this.followed(session, new Comparing(session, this.found.of(session.uri))),
      this.followed(session, new CrossValidating(session, this.found.of(session.uri))),
      () => this.handlesOf(session),
      () => this.parts.exercises.of(session),
    );
    this.shown.set(session, made);
    return made;
  }

  /** What has been found on the file of a run that is looked at is kept longest. */
  look({ uri }: ShownSession): void {
    this.found.of(uri);
  }

  /** Ends the experiments that nobody looks at any more, and that no click on a tab leads back to. */
  endUnseen(): void {
    const shown = this.inLenses().map((run) => run?.session);
    for (const [session, works] of this.experimenting)
      if (!shown.includes(session)) works.forEach((work) => work.end());
  }

  private labOf(session: Session): Lab {
    return this.followed(session, new Lab(session, this.found.of(session.uri)));
  }

  private findingOf(session: Session): Finding {
    const uri = vscode.Uri.parse(session.uri, true);
    const set = () => this.parts.fileSettings.read(uri).given;
    return this.followed(session, new Finding(session, this.found.of(session.uri), set));
  }

  private followed<W extends LabWork>(session: Session, work: W): W {
    work.onDidChange(() => {
      const works = this.experimenting.get(session) ?? new Set();
      if (work.isRunning) works.add(work);
      else works.delete(work);
      if (works.size > 0) this.experimenting.set(session, works);
      else this.experimenting.delete(session);
      this.changed(session);
    });
    return work;
  }

  /** Whether a Lens shows a run of the file, or an experiment on its data is under way. */
  private isLookedAt(file: string): boolean {
    return (
      this.inLenses().some((run) => run?.uri === file) ||
      [...this.experimenting.keys()].some(({ uri }) => uri === file)
    );
  }

  private handlesOf(session: Session): HandlesView {
    const { writes, fileSettings } = this.parts;
    const uri = vscode.Uri.parse(session.uri, true);
    return handlesView(session, fileSettings.read(uri), {
      undo: writes.last(uri),
      canWrite: writes.canWrite,
    });
  }
}
