import type { HiddenActivation } from '../../src/core/activations';
import { parameterCount, type Network } from '../../src/core/network';
import type { Model } from '../../src/runs/model';
import type { Settings } from '../../src/settings/settings';
import { trained } from './models';

/** A table with a column of each kind, with missing values; its targets are `kind`, `two` and `size`. */
export function tableOfKinds(rows = 60): string {
  const lines = ['size,weight,colour,born,at,owns,paid,likes,kind,two'];
  for (let k = 0; k < rows; k++) {
    const cells = [
      String(((k * 37) % 101) - 20),
      k % 7 === 3 ? '' : `${(k * 13) % 29}.5 kg`,
      k % 11 === 5 ? '' : ['red', 'green', 'blue', '"a ""b"""'][k % 4],
      `20${10 + (k % 9)}-0${1 + (k % 8)}-1${k % 9}`,
      k % 13 === 4 ? '' : `${10 + (k % 12)}:${10 + (k % 47)}`,
      ['bread;milk', 'milk', 'bread;tea', 'tea'][k % 4],
      k % 2 === 0 ? 'x' : '',
      k % 9 === 2 ? '' : k % 5 < 2 ? 'yes' : 'no',
      k % 5 === 1 ? 'b' : k % 3 === 1 ? 'c' : 'a',
      (k * 7) % 5 < 2 ? 'up' : 'down',
    ];
    lines.push(cells.join(','));
  }
  return `${lines.join('\n')}\n`;
}

const TARGETS = { 'two classes': 'two', 'three classes': 'kind', number: 'size' } as const;
export type TaskName = keyof typeof TARGETS;
export const tasks = Object.keys(TARGETS) as TaskName[];
export const exportedActivations: readonly HiddenActivation[] = ['tanh', 'sigmoid', 'relu', 'leakyRelu'];

const untrained = new Map<string, Model>();

/** A model of the table of kinds, with made weights; the same for the same arguments. */
export function modelFor(
  task: TaskName,
  hidden: HiddenActivation = 'tanh',
  layers: readonly number[] = [4],
  transform: Settings['data.transform'] = 'none',
): Model {
  const key = `${task} ${transform}`;
  let base = untrained.get(key);
  if (!base) {
    base = trained(tableOfKinds(), { 'data.target': TARGETS[task], 'data.transform': transform }, 0).model;
    untrained.set(key, base);
  }
  const { sizes } = base.network;
  return withNetwork(base, { ...base.network, hidden, sizes: [sizes[0], ...layers, ...sizes.slice(-1)] });
}

/** A model with another network, whose weights are made: as wide as the units that feed them allow. */
export function withNetwork(model: Model, network: Network): Model {
  const weights = new Float32Array(parameterCount(network));
  let [at, seed] = [0, 12345];
  const next = () => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return seed / 2 ** 31 - 1;
  };
  network.sizes.slice(1).forEach((n, l) => {
    const inputs = network.sizes[l];
    for (let k = 0; k < n * (inputs + 1); k++) weights[at++] = (next() * 2) / Math.sqrt(inputs);
  });
  return { ...model, network, weights };
}

/** Every task with every activation and so many layers, and every task with every transform of numbers. */
export const exportMatrix: readonly { readonly name: string; readonly model: () => Model }[] = tasks.flatMap(
  (task) => [
    ...[[], [4], [5, 3]].flatMap((layers) =>
      (layers.length === 0 ? (['tanh'] as const) : exportedActivations).map((hidden) => ({
        name: `${task}, ${layers.length} hidden layers${layers.length > 0 ? ` of ${hidden}` : ''}`,
        model: () => modelFor(task, hidden, layers),
      })),
    ),
    ...(['log', 'rank'] as const).map((transform) => ({
      name: `${task}, ${transform}`,
      model: () => modelFor(task, 'tanh', [4], transform),
    })),
  ],
);

/** A model with one weight changed: the k-th, by so much. */
export function withWeight(model: Model, k: number, by: (w: number) => number): Model {
  const weights = model.weights.slice();
  weights[k] = by(weights[k]);
  return { ...model, weights };
}

export const hostileNames = [
  '"""+exit(7)+"""',
  "'); process.exit(7); ('",
  '*/ int main; /* ??/',
  '"; DROP TABLE t; --',
  '=cmd|calc!A1',
  '__proto__',
  'constructor',
  '\\end{document}\\input{/etc/passwd}',
  '\u202eabc\u2028\n\r\t$`{}#{1}%s',
  'x\\',
  `${'long '.repeat(50)}one`,
  `${'long '.repeat(50)}two`,
  'ÄÖÜ ß 日本 😀',
  '</script><c r="A1">&amp;]]>',
];

/** A model whose columns, categories, classes and target are called by names that would do something. */
export function hostileModel(names: readonly string[] = hostileNames): Model {
  const { model } = trained('a,b,y\n1,x,p\n2,z,q\n3,x,p\n4,z,r\n5,x,q\n', {}, 0);
  const [, texts] = model.transform.columns;
  if (texts.kind !== 'category') throw new Error('b is no category');
  const columns = names.flatMap((name) => [
    { ...model.transform.columns[0], name },
    { ...texts, name: `${name} `, categories: [...names], standIn: names[0], missingFeature: true },
  ]);
  const sizes = [names.length * (names.length + 2), 3, names.length];
  return withNetwork(
    {
      ...model,
      labels: names,
      transform: {
        ...model.transform,
        columns,
        target: { kind: 'classes', name: names[4] + names[0], classes: names },
        reading: undefined,
      },
    },
    { ...model.network, sizes, hidden: 'tanh', output: 'softmax' },
  );
}
