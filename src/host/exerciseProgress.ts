import * as v from 'valibot';
import { together, UNTRIED, type Progress } from '../core/exercises/exercise';
import { exerciseIds, type ExerciseId } from '../core/exercises/exercises';

/** Where progress is kept, for all windows. */
const KEY = 'exercises';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const kept = v.object({
  rate: v.optional(v.number()),
  layers: v.optional(v.string()),
  layer: v.optional(count),
  unit: v.optional(count),
  run: v.optional(v.string()),
  inARow: v.optional(count),
});
const progress = v.object({
  ...{ steps: count, says: v.string(), kept, guess: v.nullable(count) },
  begun: v.optional(count, 0),
});
const memory = v.record(v.string(), v.unknown());

export type AllProgress = Readonly<Record<ExerciseId, Progress>>;

/** What outlives the window; what another window has written arrives there some time later. */
interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** How far each exercise has come, in all windows: none of them takes from another what has been reached there. */
export class ExerciseProgress {
  private known: AllProgress;

  /** @param changed is told which exercise stands otherwise */
  constructor(
    private readonly memory: Memory,
    private readonly changed: (id: ExerciseId) => void,
  ) {
    this.known = this.stored;
  }

  /** The same object while nothing has changed. */
  get all(): AllProgress {
    return this.known;
  }

  put(id: ExerciseId, next: Progress): void {
    this.takeUp({ ...this.known, [id]: next });
    this.takeUp(merged(this.known, this.stored));
    void this.memory.update(KEY, this.known);
  }

  /** Takes up what other windows have reached, and writes once more what one of them has written over. */
  sync(): void {
    const { stored } = this;
    this.takeUp(merged(this.known, stored));
    if (merged(stored, this.known) !== stored) void this.memory.update(KEY, this.known);
  }

  private get stored(): AllProgress {
    return restored(this.memory.get(KEY));
  }

  private takeUp(next: AllProgress): void {
    const before = this.known;
    this.known = next;
    for (const id of exerciseIds) if (next[id] !== before[id]) this.changed(id);
  }
}

/** The first, where the second knows of nothing more. */
function merged(mine: AllProgress, theirs: AllProgress): AllProgress {
  const both = exerciseIds.map((id) => [id, together(mine[id], theirs[id])] as const);
  return both.every(([id, one]) => one === mine[id]) ? mine : (Object.fromEntries(both) as typeof mine);
}

function restored(raw: unknown): AllProgress {
  const all = v.safeParse(memory, raw);
  const progressOf = (id: ExerciseId): Progress => {
    const parsed = v.safeParse(progress, all.success ? all.output[id] : undefined);
    return parsed.success ? parsed.output : UNTRIED;
  };
  return Object.fromEntries(exerciseIds.map((id) => [id, progressOf(id)])) as Record<ExerciseId, Progress>;
}
