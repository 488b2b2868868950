import { COURSE, type Automatic } from '../../src/settings/automatic';
import { defaults, type Settings } from '../../src/settings/settings';

const { 'training.learningRate': _rate, ...chosen } = COURSE;

/** The defaults, with the course's values for whatever else would be found from the table; the learning rate still is. */
export const course: Settings & Omit<Automatic, 'training.learningRate'> = {
  ...defaults,
  ...chosen,
  'model.hiddenLayers': [...COURSE['model.hiddenLayers']],
};
