import { useMemo } from 'preact/hooks';
import { costPicture } from '../pictures/costChart';
import { networkPicture } from '../pictures/diagram';
import { Neuron } from '../pictures/neuron';
import { outputPicture } from '../pictures/outputMap';
import type { LensContext } from '../ui/context';
import { Findings } from '../ui/findings';
import { Frame } from '../ui/frame';

/** The network, what it answers, and how it got there. */
export function Overview({ context }: { context: LensContext }) {
  const { network, output, cost } = useMemo(
    () => ({
      network: networkPicture(context),
      output: outputPicture(context),
      cost: costPicture(context),
    }),
    [context],
  );
  return (
    <div class="pictures">
      <Findings context={context} />
      <Frame context={context} picture={network} />
      <Neuron context={context} />
      <Frame context={context} picture={output} />
      <Frame context={context} picture={cost} />
    </div>
  );
}
