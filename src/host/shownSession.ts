import { lastByHand, type Frozen } from '../core/handEdits';
import type { Question } from '../protocol/lensViews';
import type { ExerciseRow } from '../protocol/exerciseRow';
import type { HandlesView } from '../protocol/handlesView';
import { noticesOf } from '../session/notice';
import { rateRules } from '../session/rateRules';
import type { Comparing } from '../session/comparing';
import type { CrossValidating } from '../session/crossValidating';
import type { Finding } from '../session/finding';
import type { Lab } from '../session/lab';
import type { RunList } from '../session/runList';
import type { Session } from '../session/session';
import type { Sessions } from '../session/sessions';
import type { OtherRun, Shown } from '../session/shown';
import { listedRuns } from './listedRuns';
import { handText, noticeText, questionOf, shownMarks, specialties } from './trainingText';

/** A session as a Lens shows it: in sentences, beside the run that it replaced. What is the same stays the same object. */
export class ShownSession implements Shown {
  private lastHandles: HandlesView | undefined;
  /** What the learning rate follows, and what that was made from. */
  private made:
    | { readonly settings: unknown; readonly marks: number; readonly rules: NonNullable<Shown['rates']> }
    | undefined;

  constructor(
    readonly session: Session,
    private readonly sessions: Sessions,
    private readonly list: RunList,
    readonly lab: Lab,
    readonly finding: Finding,
    readonly comparing: Comparing,
    readonly crossValidating: CrossValidating,
    private readonly readHandles: () => HandlesView,
    private readonly readExercises: () => readonly ExerciseRow[],
  ) {}

  get id(): string {
    return this.session.id;
  }
  get uri(): string {
    return this.session.uri;
  }
  get status(): Shown['status'] {
    return this.session.status;
  }
  get reading(): number | null {
    return this.session.reading;
  }
  get epochs(): number {
    return this.session.epochs;
  }
  get continueEpochs(): number {
    return this.session.continueEpochs;
  }
  get learningRate(): number {
    return this.session.learningRate;
  }
  get learningRateIsAuto(): boolean {
    return this.session.learningRateIsAuto;
  }
  get ways(): string[] {
    const { plain, settings, dataset } = this.session;
    return specialties(plain, settings, dataset);
  }
  get measure(): Shown['measure'] {
    return this.session.measure;
  }
  get baselines(): Shown['baselines'] {
    return this.session.baselines;
  }
  get sure(): NonNullable<Shown['sure']> | null {
    return this.session.sure;
  }
  get rows(): NonNullable<Shown['rows']> | null {
    return this.session.rows;
  }
  get model(): NonNullable<Shown['model']> | null {
    return this.session.model;
  }
  get muted(): readonly string[] {
    return this.session.wantedSettings['data.mutedChecks'];
  }
  get penalty(): number {
    return this.session.penalty;
  }
  get marks(): Shown['marks'] {
    return shownMarks(this.session.marks, this.session.network);
  }
  get rates(): NonNullable<Shown['rates']> {
    const { automaticRate, settings, marks } = this.session;
    if (automaticRate === null) return [];
    const { made } = this;
    if (made?.settings === settings && made.marks === marks.length) return made.rules;
    const rules = rateRules(settings, automaticRate, marks);
    this.made = { settings, marks: marks.length, rules };
    return rules;
  }
  get notices(): string[] {
    // A divergence is a finding, with what can be done about it.
    return noticesOf(this.session)
      .filter(({ code }) => code !== 'diverged')
      .map(noticeText);
  }
  get diverged(): Shown['diverged'] {
    return this.session.diverged;
  }
  get failure(): Shown['failure'] {
    return this.session.failure;
  }
  get pending(): string[] {
    return this.session.pending;
  }
  get waiting(): string[] {
    return this.session.waiting;
  }
  get canGoOn(): boolean {
    return (['resume', 'step', 'continue'] as const).some((command) => this.session.can(command));
  }
  get paced(): boolean {
    return this.session.paced;
  }
  get chosen(): readonly string[] {
    return this.session.chosen;
  }
  get picked(): boolean {
    return this.session.label.picked ?? false;
  }
  get experiments(): Shown['experiments'] & object {
    return this.lab.experiments;
  }
  get search(): (Shown['search'] & object) | null {
    return this.finding.search;
  }
  get comparison(): (Shown['comparison'] & object) | null {
    return this.comparing.comparison;
  }
  get crossValidation(): (Shown['crossValidation'] & object) | null {
    return this.crossValidating.crossValidation;
  }
  get automatic(): NonNullable<Shown['automatic']> {
    return this.session.automatic;
  }
  get settings(): Shown['settings'] {
    return this.session.plain;
  }
  get table(): NonNullable<Shown['table']> | null {
    return this.session.table;
  }
  get dataset(): Shown['dataset'] {
    return this.session.dataset;
  }
  get network(): Shown['network'] {
    return this.session.network;
  }
  get sample(): Shown['sample'] {
    return this.session.sample;
  }
  get parameters(): Shown['parameters'] {
    return this.session.parameters;
  }
  get points(): Shown['points'] {
    return this.session.points;
  }
  get layers(): NonNullable<Shown['layers']> {
    return this.session.layers;
  }
  get ghost(): Shown['points'] | null {
    return this.sessions.previous(this.session)?.points ?? null;
  }
  get frozen(): Frozen {
    return this.session.frozen;
  }
  get undoByHand(): string | null {
    const last = lastByHand(this.session.marks);
    return last && handText(last.change, this.session.network);
  }
  get canUndo(): boolean {
    return this.sessions.canUndo(this.session);
  }
  get runs(): OtherRun[] {
    return listedRuns(this.list.of(this.session.uri), this.session);
  }
  get canUndelete(): boolean {
    return this.list.canUndelete(this.session.uri);
  }
  get handles(): HandlesView {
    const handles = this.readHandles();
    if (JSON.stringify(handles) !== JSON.stringify(this.lastHandles)) this.lastHandles = handles;
    return this.lastHandles ?? handles;
  }
  get exercises(): readonly ExerciseRow[] {
    return this.readExercises();
  }
  get question(): Question | null {
    return questionOf(this.session);
  }
}
