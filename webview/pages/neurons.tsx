import { useMemo } from 'preact/hooks';
import { activationsPicture } from '../pictures/activations';
import { Neuron } from '../pictures/neuron';
import { weightsPicture } from '../pictures/weights';
import type { LensContext } from '../ui/context';
import { Frame } from '../ui/frame';

/** What every unit does. */
export function Neurons({ context }: { context: LensContext }) {
  const pictures = useMemo(() => [activationsPicture(context), weightsPicture(context)], [context]);
  return (
    <div class="pictures">
      <Neuron context={context} />
      {pictures.map((picture) => (
        <Frame key={picture.name} picture={picture} />
      ))}
    </div>
  );
}
