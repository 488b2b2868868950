import type { ReadonlySignal } from '@preact/signals';
import type { Request } from '../../src/protocol/lensRequests';
import type { ExerciseRow } from '../../src/protocol/exerciseRow';
import type { Bridge, PictureFile } from '../bridge';
import type { Choices } from '../choices';
import type { OfRun } from '../model/ofRun';
import type { ComparisonView } from '../../src/protocol/compare';
import type { SearchView } from '../../src/protocol/find';
import type { CrossValidationView } from '../../src/protocol/folds';
import type { Handles } from '../model/handles';
import type { Lab } from '../model/lab';
import type { LastUpdate } from '../model/lastUpdate';
import type { Models } from '../model/models';
import type { RowCells } from '../model/rowCells';
import type { WeightEdits } from '../model/weightEdits';
import type { OtherRuns } from '../model/otherRuns';
import type { RunSignals } from '../store';
import type { Time } from '../model/time';
import type { Palette } from './theme';

/** All that the parts of a Lens which shows a run need. */
export interface LensContext {
  readonly run: RunSignals;
  /** The other runs of its file. */
  readonly others: OtherRuns;
  /** The exercises as the run stands to them; empty before they are there. */
  readonly exercises: ReadonlySignal<readonly ExerciseRow[]>;
  /** The experiments on its data. */
  readonly lab: Lab;
  /** The search for a good network on its data. */
  readonly find: OfRun<SearchView>;
  /** The comparison of settings on its data. */
  readonly comparison: OfRun<ComparisonView>;
  readonly folds: OfRun<CrossValidationView>;
  readonly models: Models;
  /** The weights before the last epoch that is shown. */
  readonly lastUpdate: ReadonlySignal<LastUpdate | null>;
  readonly choices: Choices;
  /** The chosen row as it stands in the file. */
  readonly row: RowCells;
  readonly handles: Handles;
  readonly edits: WeightEdits;
  readonly palette: ReadonlySignal<Palette>;
  /** Which epoch is shown. */
  readonly time: Time;
  /** Asks the trainer about the run. */
  readonly ask: Bridge['ask'];
  /**
   * Asks the host for something; what it refuses is said in a bar.
   * @param onAnswered hears whether it was done
   */
  send(request: Request, onAnswered?: (isDone: boolean) => void): void;
  /** Has the host ask where to save a picture. */
  save(file: PictureFile): void;
  /** Says in a bar why something could not be done. */
  refuse(why: string): void;
}
