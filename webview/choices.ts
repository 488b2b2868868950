import { batch, effect, signal } from '@preact/signals';
import * as v from 'valibot';
import { hasParameter, type ParameterPlace } from '../src/core/parameterIndex';
import { MOST_LINES } from '../src/protocol/lensViews';
import type { ExperimentKind } from '../src/core/experiments';
import type { Host, Place, Rows } from './bridge';
import type { EpochWindow, Spacing } from './model/epochWindow';
import { FirstLook } from './model/firstLook';
import type { Heat, Order } from './model/order';
import type { RunOrder } from './model/runOrder';
import type { RunSignals } from './store';
import {
  FIRST_EQUATION,
  FIRST_GRID,
  kept,
  type CostScale,
  type Curve,
  type GridAxis,
  type LabCard,
  type PageName,
  type PlaneKind,
  type varied,
} from './keptChoices';

/** The most rows that are chosen together. */
export const MOST_ROWS = MOST_LINES;
/** Rows that are chosen together, at least two, the followed one among them. */
export interface ChosenRows {
  readonly examples: ReadonlySet<number>;
  /** Of how many they are, where others could not be chosen. */
  readonly of: number;
}

/**
 * What the person has chosen to look at; kept with the webview, which may go at any moment, and with it where the Lens is:
 * the tab's serializer asks for that after a reload.
 */
export class Choices {
  /** The file that the Lens is on, with a run or without one, and whether it stays there. */
  readonly place = signal<Pick<Place, 'uri' | 'pinned' | 'back' | 'predictions'>>({
    ...{ uri: null, pinned: false, back: null },
  });
  /** The page that is open. */
  readonly page = signal<PageName>('overview');
  /** The features across and up. */
  readonly axes = signal<readonly [number, number]>([0, 1]);
  /** What a run is looked at by before somebody has chosen. */
  readonly firstLook = new FirstLook(this.axes);
  readonly costScale = signal<CostScale>('auto');
  readonly curve = signal<Curve>('cost');
  /** How epochs are spaced, and those that are shown of a run; null: all. */
  readonly epochScale = signal<Spacing>('linear');
  readonly zoom = signal<({ readonly run: string } & EpochWindow) | null>(null);
  /** Which plane the output is drawn over. */
  readonly plane = signal<PlaneKind>('mean');
  /** The runs whose curves are drawn beside that of the shown one. */
  readonly overlaid = signal<readonly string[]>([]);
  /** What the list of runs is sorted by. */
  readonly runOrder = signal<RunOrder>('newest');
  /** Whether runs that stand side by side show only the settings in which they differ. */
  readonly onlyDifferences = signal(true);
  readonly neuron = signal<{ readonly layer: number; readonly unit: number } | null>(null);
  readonly example = signal(0);
  /** The examples that are chosen together with it; null: it is alone. Not kept. */
  readonly rows = signal<ChosenRows | null>(null);
  /** The line of the editor's cursor, from 1, while it has chosen last; null: the Lens has. */
  readonly cursorLine = signal<number | null>(null);
  /** The two hidden units, from 0, whose space is shown; null: those that matter most to the output. */
  readonly pair = signal<readonly [number, number] | null>(null);
  /** Whether the chosen unit is to be brought into sight; not kept. */
  readonly wantsEvidence = signal(false);
  /** Numbers that were selected in an editor, to be checked; not kept. */
  readonly toCheck = signal<string | null>(null);
  /** What the heatmap of the units shows, and how its examples are sorted. */
  readonly heat = signal<Heat>('A');
  readonly order = signal<Order>('target');
  /** The pictures, by name, whose numbers are shown below them. */
  readonly numbers = signal<readonly string[]>([]);
  /** The step of the chain of equations, and the examples it is shown for. */
  readonly equation = signal(FIRST_EQUATION);
  /** The experiment of the Lab, and the numbers that each varies. */
  readonly experiment = signal<ExperimentKind>('initialization');
  /** What the Lab shows. */
  readonly labCard = signal<LabCard>('experiments');
  /** What settings are compared by, and with how many seeds. */
  readonly grid = signal<readonly GridAxis[]>(FIRST_GRID);
  readonly seeds = signal(1);
  /** The settings that are selected of those that were compared. Not kept. */
  readonly compared = signal<number | null>(null);
  readonly varied = signal<v.InferOutput<typeof varied>>({});
  /** Whether what is to be known of the run is there, not only how much it is, on other pages than the first. */
  readonly notesOpen = signal(false);
  /** Whether all handles are there, not only those that are turned most. */
  readonly handlesOpen = signal(false);
  /** The weight or bias that is looked at closely, and changed by hand; null: none is. */
  readonly parameter = signal<ParameterPlace | null>(null);
  /** The exercise that is open, by its id; an empty text: none; null: the next one. */
  readonly exercise = signal<string | null>(null);
  /** The epoch that is shown of a run; null: the present one. */
  readonly moment = signal<{ readonly run: string; readonly epoch: number } | null>(null);
  /** The file that the axes were chosen for. */
  private readonly axesFor = signal<string | undefined>(undefined);

  constructor(private readonly host: Pick<Host, 'getState' | 'setState'>) {
    const restored = v.safeParse(kept, host.getState());
    if (restored.success) {
      const { uri = null, pinned = false, page, axesFor, axes, neuron, example, numbers } = restored.output;
      this.place.value = { uri, pinned, back: null };
      this.page.value = page;
      this.axesFor.value = axesFor;
      this.axes.value = axes;
      this.firstLook.given.value = restored.output.given;
      this.costScale.value = restored.output.costScale;
      this.curve.value = restored.output.curve;
      this.epochScale.value = restored.output.epochScale;
      this.zoom.value = restored.output.zoom;
      this.plane.value = restored.output.plane;
      this.overlaid.value = restored.output.overlaid;
      this.runOrder.value = restored.output.runOrder;
      this.onlyDifferences.value = restored.output.onlyDifferences;
      this.neuron.value = neuron;
      this.example.value = example;
      this.pair.value = restored.output.pair;
      this.heat.value = restored.output.heat;
      this.order.value = restored.output.order;
      this.numbers.value = numbers;
      this.equation.value = restored.output.equation;
      this.experiment.value = restored.output.experiment;
      this.labCard.value = restored.output.labCard;
      this.grid.value = restored.output.grid;
      this.seeds.value = restored.output.seeds;
      this.varied.value = restored.output.varied;
      this.notesOpen.value = restored.output.notesOpen;
      this.handlesOpen.value = restored.output.handlesOpen;
      this.parameter.value = restored.output.parameter;
      this.exercise.value = restored.output.exercise ?? null;
      this.moment.value = restored.output.moment;
    }
    effect(() => {
      this.host.setState({
        uri: this.place.value.uri,
        pinned: this.place.value.pinned,
        axesFor: this.axesFor.value,
        axes: this.axes.value,
        given: this.firstLook.given.value,
        costScale: this.costScale.value,
        curve: this.curve.value,
        epochScale: this.epochScale.value,
        zoom: this.zoom.value,
        plane: this.plane.value,
        overlaid: this.overlaid.value,
        runOrder: this.runOrder.value,
        onlyDifferences: this.onlyDifferences.value,
        page: this.page.value,
        neuron: this.neuron.value,
        example: this.example.value,
        pair: this.pair.value,
        heat: this.heat.value,
        order: this.order.value,
        numbers: this.numbers.value,
        equation: this.equation.value,
        experiment: this.experiment.value,
        labCard: this.labCard.value,
        grid: this.grid.value,
        seeds: this.seeds.value,
        varied: this.varied.value,
        notesOpen: this.notesOpen.value,
        handlesOpen: this.handlesOpen.value,
        parameter: this.parameter.value,
        exercise: this.exercise.value,
        moment: this.moment.value,
      });
    });
  }

  /** Fits the choices to a run from now on. Returns how to end it. */
  follow(run: RunSignals): () => void {
    this.cursorLine.value = null;
    this.rows.value = null;
    this.firstLook.begin();
    return effect(() => this.fitTo(run));
  }

  /**
   * The cursors and selections of the editor are elsewhere: the examples of their lines are chosen, as far as they are among
   * those that are drawn.
   */
  takeRows({ uri, line, ranges }: Rows, run: RunSignals | null): void {
    const lines = run?.view.value.uri === uri ? run.sample.value?.lines : undefined;
    if (!lines) return;
    const examples = examplesOn(lines, ranges);
    const selected = ranges.reduce((sum, [first, last]) => sum + Math.max(0, last - first + 1), 0);
    batch(() => {
      this.cursorLine.value = line;
      const own = lines.indexOf(line);
      if (own >= 0 || examples.length > 0) this.example.value = own >= 0 ? own : examples[0];
      this.choose(examples, selected);
    });
  }

  /** Opens the page that checks numbers. */
  check(text: string): void {
    batch(() => {
      this.page.value = 'equations';
      this.toCheck.value = text;
    });
  }

  /** Whether an example is chosen, alone or together with others. */
  isChosen(example: number): boolean {
    return this.rows.value?.examples.has(example) ?? example === this.example.value;
  }

  /**
   * Chooses examples together, in their order; the first of them is followed, unless the one that is already is among them.
   * @param of how many there are with those that are none of the drawn
   */
  choose(examples: readonly number[], of = examples.length): void {
    const kept = examples.slice(0, MOST_ROWS);
    const present = this.rows.peek();
    const isSame =
      present?.examples.size === kept.length && kept.every((example) => present.examples.has(example));
    // What comes back from the editor is what was sent there, and no less for it.
    if (isSame) return;
    batch(() => {
      this.rows.value = kept.length > 1 ? { examples: new Set(kept), of } : null;
      if (kept.length > 0 && !kept.includes(this.example.peek())) this.example.value = kept[0];
    });
  }

  /** Opens what a person has come for in the Lab. */
  showLab(card: LabCard): void {
    batch(() => {
      this.page.value = 'lab';
      this.labCard.value = card;
    });
  }

  showExercise(id: string): void {
    batch(() => {
      this.page.value = 'exercises';
      this.exercise.value = id;
    });
  }

  /** Choices made on another file or network may not exist on this one. */
  private fitTo(run: RunSignals): void {
    const { uri, network } = run.view.value;
    const sample = run.sample.value;
    if (!network || !sample) return;
    const { sizes } = network;
    batch(() => {
      const isOther = uri !== this.axesFor.value;
      if (isOther) {
        this.axesFor.value = uri;
        // Curves of another file's runs are none to compare with.
        this.overlaid.value = [];
      }
      this.firstLook.fitTo(run, sample, isOther);
      const [i, j] = this.axes.value;
      const last = sizes[0] - 1;
      if (i > last || j > last || (i === j && last > 0)) this.axes.value = [0, Math.min(1, last)];
      const neuron = this.neuron.value;
      if (neuron && (neuron.layer >= sizes.length || neuron.unit >= sizes[neuron.layer])) {
        this.neuron.value = null;
      }
      const place = this.parameter.value;
      if (place && !hasParameter(network, place)) this.parameter.value = null;
      this.example.value = Math.max(0, Math.min(this.example.value, sample.y.length - 1));
      const chosen = this.rows.value?.examples;
      if (chosen && Math.max(...chosen) >= sample.y.length) this.rows.value = null;
    });
  }
}

/** The examples on the lines of some ranges, in the order of their lines. */
function examplesOn(lines: Float64Array, ranges: Rows['ranges']): number[] {
  const found = new Set<number>();
  lines.forEach((line, example) => {
    if (ranges.some(([first, last]) => line >= first && line <= last)) found.add(example);
  });
  return [...found].sort((a, b) => lines[a] - lines[b]);
}
