import { readDataset } from '../../src/data/dataset';
import { modelOfRun } from '../../src/cli/save';
import type { Model } from '../../src/runs/model';
import type { Settings } from '../../src/settings/settings';
import { TrainingRun } from '../../src/train/run';
import { course } from './course';

/** A table with a column of each kind, in which some cells are missing. */
export function everyKind(rows = 60): string {
  const lines = ['size,weight,colour,born,at,owns,paid,price,kind'];
  for (let k = 0; k < rows; k++) {
    const cells = [
      k % 7 === 3 ? '' : String((k * 37) % 101),
      `${(k * 13) % 29}.5 kg`,
      k % 11 === 5 ? '' : ['red', 'green', 'blue'][k % 3],
      `20${10 + (k % 9)}-0${1 + (k % 8)}-1${k % 9}`,
      `${10 + (k % 12)}:${10 + (k % 47)}`,
      ['bread;milk', 'milk', 'bread;tea', 'tea'][k % 4],
      k % 2 === 0 ? 'x' : '',
      `"${1 + (k % 5)},${100 + k}.25"`,
      k % 5 === 1 ? 'b' : k % 3 === 1 ? 'c' : 'a',
    ];
    lines.push(cells.join(','));
  }
  return `${lines.join('\n')}\n`;
}

const FACTS = { weightsOf: 'end', tableHash: 'a'.repeat(64), baselines: null } as const;

/** A run of some epochs on a table, and its model. */
export function trained(text: string, settings: Partial<Settings> = {}, epochs = 20) {
  const all: Settings = { ...course, 'model.hiddenLayers': [3], ...settings };
  const dataset = readDataset(text, all);
  const run = new TrainingRun(dataset, all);
  while (run.epoch < epochs) if (run.step(() => false) === 'diverged') break;
  const model: Model = modelOfRun(run, FACTS);
  run.dispose();
  return { run, dataset, model, settings: all };
}
