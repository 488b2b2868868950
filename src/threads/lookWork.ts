import { unflatten } from '../core/network';
import type { ModelFacts, RowFacts } from '../core/verdicts/looks';
import type { Clock } from '../train/clock';
import { lookAtModel } from '../train/modelLook';
import { lookAtRows } from '../train/rowLook';
import type { TrainingRun } from '../train/run';
import { inSlices } from './slices';
import type { Kept } from './trainingData';

/** What the looks have found is told so. */
export interface LookMessage {
  readonly type: 'looked';
  readonly rows?: RowFacts;
  readonly model?: ModelFacts;
}

/** Looks at the rows of a table, behind the first picture, and at each network that rests: for the checks of the model. */
export class LookWork {
  private endRows: () => void = () => undefined;
  private endModel: () => void = () => undefined;

  constructor(
    private readonly clock: Clock,
    private readonly tell: (message: LookMessage) => void,
  ) {}

  /** Once for a table: of one that is kept it is known. */
  atRows(data: Kept, seed: number): void {
    this.end();
    if (data.rows) {
      this.tell({ type: 'looked', rows: data.rows });
      return;
    }
    this.endRows = inSlices(lookAtRows(data.dataset, seed), this.clock, (rows) => {
      data.rows = rows;
      this.tell({ type: 'looked', rows });
    });
  }

  atModel(run: TrainingRun): void {
    this.endModel();
    const { dataset, network, epoch, settings } = run;
    const parameters = unflatten(network, run.parameters());
    const work = lookAtModel(dataset, network, parameters, epoch, settings['training.seed']);
    this.endModel = inSlices(work, this.clock, (model) => this.tell({ type: 'looked', model }));
  }

  end(): void {
    this.endRows();
    this.endModel();
  }
}
