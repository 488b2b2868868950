import * as vscode from 'vscode';
import { forward, forwardPass } from '../core/equations';
import {
  advance,
  isDone,
  UNTRIED,
  type ExerciseFacts,
  type Judgement,
  type Progress,
} from '../core/exercises/exercise';
import { exerciseIds, exerciseOf, type ExerciseId } from '../core/exercises/exercises';
import { cut, nameOf } from '../core/format';
import { curvePoint, type CurvePoint } from '../core/history';
import { matrix } from '../core/matrix';
import { unflatten } from '../core/network';
import { runFindings } from '../core/verdicts/runChecks';
import { unitVerdicts } from '../core/verdicts/unitVerdicts';
import type { ExerciseRow } from '../protocol/exerciseRow';
import { Emitter } from '../session/emitter';
import { ExerciseProgress, type AllProgress } from './exerciseProgress';
import type { Session } from '../session/session';
import type { Sessions } from '../session/sessions';
import { keepTick } from './exerciseTicks';

/** A running training is judged so often. */
const JUDGE_MS = 500;
/** The one that goes by what a person says, whatever the run. */
const PREDICTED = 'gradient-sign' satisfies ExerciseId;
/** Sentences name files. */
const LONGEST = 500;

/** How far the exercises have come: every run that changes is judged by them, and what is reached is kept. */
export class Exercises implements vscode.Disposable {
  private readonly changed = new Emitter<void>();
  /** Some exercise stands otherwise, or is to be said of otherwise. */
  readonly onDidChange = this.changed.event;
  private readonly progress: ExerciseProgress;
  /** What was said of each run, and of which progress. */
  private readonly said = new WeakMap<
    Session,
    { readonly all: unknown; readonly rows: readonly ExerciseRow[] }
  >();
  private readonly waiting = new Map<Session, NodeJS.Timeout>();
  private readonly unfollow: { dispose(): void };

  constructor(
    private readonly memory: vscode.Memento,
    sessions: Sessions,
  ) {
    this.progress = new ExerciseProgress(memory, (id) => this.tellVSCode(id));
    exerciseIds.forEach((id) => this.tellVSCode(id));
    // What has been done in another window is there when a person comes from it.
    const focus = vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) this.sync();
    });
    const following = sessions.onDidChange(({ session, change }) => {
      if (change === 'progress') this.judgeSoon(session);
      else if (change === 'status' || change === 'pictures' || change === 'current') this.judgeNow(session);
    });
    this.unfollow = vscode.Disposable.from(focus, following);
  }

  /** How they stand, by a run; the same array while they are the same. */
  of(session: Session): readonly ExerciseRow[] {
    const said = this.said.get(session);
    return said && said.all === this.all ? said.rows : this.judge(session);
  }

  /** The step that comes next, from 0. */
  stepOf(id: ExerciseId): number {
    return this.all[id].steps;
  }

  /** Begins one anew: the run that is shown may have reached its goal already, and counts no more. */
  forget(id: ExerciseId, session: Session | undefined): void {
    const begun = this.all[id].begun + 1;
    this.progress.put(id, { ...UNTRIED, begun, kept: id === PREDICTED ? {} : { run: session?.id } });
    this.changed.fire();
  }

  /** What a person takes for the answer; once that is seen the guess stays what it was. */
  guess(id: ExerciseId, choice: number): void {
    const exercise = exerciseOf(id);
    if (isDone(exercise, this.all[id]) || choice >= (exercise.guess?.choices.length ?? 0)) return;
    this.progress.put(id, { ...this.all[id], guess: choice });
    this.changed.fire();
  }

  /** Somebody has predicted the sign of a gradient. */
  predicted(right: boolean): void {
    const id = PREDICTED;
    const { [id]: before } = this.all;
    if (isDone(exerciseOf(id), before)) return;
    const inARow = right ? (before.kept.inARow ?? 0) + 1 : 0;
    this.progress.put(id, { ...before, kept: { ...before.kept, inARow } });
    this.changed.fire();
  }

  dispose(): void {
    this.unfollow.dispose();
    this.waiting.forEach((timer) => clearTimeout(timer));
    this.changed.dispose();
  }

  private get all(): AllProgress {
    return this.progress.all;
  }

  private sync(): void {
    const before = this.all;
    this.progress.sync();
    if (this.all !== before) this.changed.fire();
  }

  /** The walkthrough ticks by these. */
  private tellVSCode(id: ExerciseId): void {
    keepTick(this.memory, id, isDone(exerciseOf(id), this.all[id]));
  }

  private judgeSoon(session: Session): void {
    if (this.waiting.has(session)) return;
    const timer = setTimeout(() => this.judgeNow(session), JUDGE_MS);
    this.waiting.set(session, timer);
  }

  private judgeNow(session: Session): void {
    clearTimeout(this.waiting.get(session));
    this.waiting.delete(session);
    const before = this.said.get(session)?.rows;
    if (this.judge(session) !== before) this.changed.fire();
  }

  private judge(session: Session): readonly ExerciseRow[] {
    this.progress.sync();
    const facts = factsOf(session);
    const rows = exerciseIds.map((id): ExerciseRow => {
      const before = this.all[id];
      if (before.kept.run === session.id) return rowOf(id, before, COUNTED);
      const judged = facts && advance(exerciseOf(id), before, facts);
      if (judged && judged.progress !== before) this.progress.put(id, judged.progress);
      return rowOf(id, this.all[id], judged?.judgement ?? null);
    });
    const before = this.said.get(session)?.rows;
    const same = before && JSON.stringify(before) === JSON.stringify(rows) ? before : rows;
    this.said.set(session, { all: this.all, rows: same });
    return same;
  }
}

const COUNTED: Judgement = { kind: 'away', says: 'It was there before you began anew: restart.' };

const rowOf = (
  id: ExerciseId,
  { steps, says, guess, kept: { inARow = 0 } }: Progress,
  judgement: Judgement | null,
): ExerciseRow => ({
  ...{ id, steps, reached: cut(says, LONGEST), guess, inARow },
  now:
    judgement && judgement.kind !== 'met'
      ? { kind: judgement.kind, says: cut(judgement.says, LONGEST) }
      : null,
});

/** What the exercises go by; null while there is nothing to judge. */
function factsOf(session: Session): ExerciseFacts | null {
  const { dataset, network, measure, plain, points, diverged, learningRate } = session;
  if (!dataset || !network || !measure) return null;
  const isAhead = measure.epoch > (points.at(-1)?.epoch ?? -1);
  const curve: readonly CurvePoint[] = isAhead ? [...points, curvePoint(measure)] : points;
  const initialization = plain['model.initialization'];
  const patience = plain['training.earlyStopping.patience'];
  return {
    ...{ file: nameOf(session.uri), trainRows: dataset.trainRows, testRows: dataset.testRows },
    ...{ network, initialization, learningRate, curve, diverged },
    since: session.marks.reduce(
      (since, { kind, epoch }) => (kind === 'hand' ? Math.max(since, epoch) : since),
      session.branchedAt ?? 0,
    ),
    codes: () =>
      runFindings({ curve, diverged, network, initialization, learningRate, patience }).map(
        ({ code }) => code,
      ),
    verdicts: () => verdictsOf(session),
  };
}

/** By the examples that the pictures are drawn from. */
function verdictsOf({ network, parameters, sample }: Session): ReturnType<ExerciseFacts['verdicts']> {
  if (!network || !parameters || !sample || sample.count === 0) return null;
  const layers = unflatten(network, parameters);
  const pass = forwardPass(network, matrix(network.sizes[0], sample.count, sample.X));
  forward(pass, layers);
  return unitVerdicts(network, layers, pass);
}
