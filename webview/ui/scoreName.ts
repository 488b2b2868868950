import * as sentences from '../../src/sentences/score';
import type { LensContext } from './context';

const isRegression = ({ run }: Pick<LensContext, 'run'>) => run.view.value.dataset?.task === 'regression';

/** What the score of the run is called, within a sentence. */
export const scoreName = (context: Pick<LensContext, 'run'>): string =>
  sentences.scoreName(isRegression(context));

/** The same as a heading, or where a sentence begins. */
export const scoreTitle = (context: Pick<LensContext, 'run'>): string =>
  sentences.scoreTitle(isRegression(context));
