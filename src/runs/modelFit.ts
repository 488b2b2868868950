import { featureCount } from '../data/transform';
import { decisionOf, labelsOf, type Model } from './model';

type Parts = Pick<Model, 'network' | 'transform' | 'task' | 'labels' | 'decision'>;

/** Throws RangeError when the parts of a model contradict one another. */
export function mustFit({ network, transform, task, labels, decision }: Parts): void {
  const { sizes, output } = network;
  const features = transform.columns.reduce((sum, column) => sum + featureCount(column), 0);
  if (sizes[0] !== features)
    throw new RangeError(`the network takes ${sizes[0]} features, its transform makes ${features}`);
  const classes = labelsOf(transform);
  if (labels.length !== classes.length || labels.some((label, k) => label !== classes[k]))
    throw new RangeError('the labels are not the classes of the target');
  const ofClasses = classes.length === 2 ? 'binary' : 'multiclass';
  if (task !== (classes.length === 0 ? 'regression' : ofClasses))
    throw new RangeError(`the task is ${task}, with ${classes.length} classes`);
  const outputs = output === 'softmax' ? classes.length : 1;
  if (sizes[sizes.length - 1] !== outputs || (output === 'linear') !== (task === 'regression'))
    throw new RangeError(
      `the network ends with ${sizes[sizes.length - 1]} ${output} units, for the task ${task}`,
    );
  if (output === 'sigmoid' && classes.length !== 2)
    throw new RangeError(`a sigmoid tells two classes apart, not ${classes.length}`);
  if (decision !== decisionOf(output)) throw new RangeError(`the decision is not that of ${output}`);
  mustBeFinite(transform, 'transform');
}

/** A transform may hold NaN and the infinities as texts; a model that has one gives no numbers. */
function mustBeFinite(value: unknown, at: string): void {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError(`${at}: a number in it is not finite`);
  } else if (typeof value === 'object' && value !== null) {
    for (const each of Object.values(value)) mustBeFinite(each, at);
  }
}
