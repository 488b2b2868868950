import { cut, whole } from '../core/format';
import type { Remedy, RemedyCode } from '../core/verdicts/remedy';

interface Words {
  /** On the button. */
  label(changes: Remedy['changes']): string;
  /** What one should know before. */
  readonly caution?: string;
}

const named = (column: string | number) => `“${cut(String(column), 30)}”`;

const words: Readonly<Record<RemedyCode, Words>> = {
  'restart-with-rate': {
    label: (changes) => `Restart with Rate ${String(changes['training.learningRate'])}`,
  },
  'automatic-rate': {
    label: () => 'Restart with the Automatic Rate',
    caution: 'A rate this low hardly moves the weights.',
  },
  'stop-by-validation': { label: () => 'Stop by a Validation Part' },
  'stop-by-test': {
    label: () => 'Stop by the Test Cost',
    caution: 'The test part then chooses the epoch: the test score is no longer a clean one.',
  },
  'add-hidden-layer': {
    label: (changes) => `Add a Hidden Layer of ${String(changes['model.hiddenLayers'])}`,
    caution: 'Without one the network can draw straight lines only.',
  },
  'xavier-weights': {
    label: () => 'Restart with Xavier Weights',
    caution: 'Initial weights that are too small pass hardly any gradient on.',
  },
  'random-weights': { label: () => 'Restart from Random Weights' },
  'leaky-relus': { label: () => 'Use Leaky ReLUs' },
  'more-epochs': { label: (changes) => `Train ${whole(Number(changes['training.epochs']))} Epochs` },
  'balance-classes': {
    label: () => 'Let Each Class Count the Same',
    caution: 'More of the rare class is found, and more rows of the others are taken for it.',
  },
  'leave-out-hidden-layers': { label: () => 'Train without Hidden Layers' },
  'ignore-column': {
    label: ({ 'data.ignoredColumns': columns = [] }) => `Train without ${[columns].flat().map(named).join()}`,
    caution: 'Where it is known before the answer is, it is no fault but the best of the columns.',
  },
};

/** What stands on the button of a remedy. */
export const remedyLabel = ({ code, changes }: Remedy): string => words[code].label(changes);
/** What one should know before it is pressed; empty when nothing. */
export const remedyCaution = ({ code }: Remedy): string => words[code].caution ?? '';
