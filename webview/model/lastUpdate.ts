import { computed, effect, signal, untracked, type ReadonlySignal } from '@preact/signals';
import { parameterCount, type Parameters } from '../../src/core/network';
import type { Bridge } from '../bridge';
import { parametersOver, type RunSignals } from '../store';

/** The weights before the last epoch that is shown. */
export interface LastUpdate {
  /** The epoch that they are of: the one before the shown one. */
  readonly epoch: number;
  readonly before: Parameters;
}

/**
 * The epoch before the shown one, as the trainer replays it, to the last bit; null while that is not known: while the
 * training goes on, and before its first epoch. It is asked for while somebody looks at it.
 */
export function lastUpdate(run: RunSignals, ask: Bridge['ask']): ReadonlySignal<LastUpdate | null> {
  /** The epoch that is wanted. */
  const wanted = computed(() => {
    const moment = run.moment.value;
    const isStill = moment ? moment.exact : run.live.value.status !== 'running';
    const epoch = run.measure.value?.epoch ?? 0;
    return isStill && epoch > 0 ? epoch - 1 : null;
  });
  let end: () => void = () => undefined;
  return signal<LastUpdate | null>(null, {
    watched() {
      end = effect(() => {
        const epoch = wanted.value;
        const { network } = run.view.value;
        if (epoch !== null && this.peek()?.epoch === epoch) return;
        untracked(() => (this.value = null));
        if (epoch === null || !network) return;
        void ask({ kind: 'at', epoch }, 'last update').then((answer) => {
          if (!answer || 'err' in answer || !answer.exact || wanted.peek() !== epoch) return;
          if (answer.parameters.length !== parameterCount(network)) return;
          this.value = { epoch, before: parametersOver(network, answer.parameters) };
        });
      });
    },
    unwatched() {
      end();
    },
  });
}
