import { useMemo } from 'preact/hooks';
import { activationsPicture } from '../pictures/activations';
import { contributionsPicture } from '../pictures/contributions';
import { hiddenSpacePicture } from '../pictures/hiddenSpace';
import { Neuron } from '../pictures/neuron';
import { unitPicture } from '../pictures/unit';
import { unitsPicture } from '../pictures/units';
import { weightsPicture } from '../pictures/weights';
import type { LensContext } from '../ui/context';
import { Frame } from '../ui/frame';

/** What every unit does: all of a layer, then the chosen one, then what the layers make of the examples together. */
export function Neurons({ context }: { context: LensContext }) {
  const pictures = useMemo(
    () => ({
      ofUnits: [unitsPicture(context), unitPicture(context), contributionsPicture(context)],
      ofLayers: [hiddenSpacePicture(context), activationsPicture(context), weightsPicture(context)],
    }),
    [context],
  );
  return (
    <div class="pictures">
      {pictures.ofUnits.map((picture) => (
        <Frame key={picture.name} context={context} picture={picture} />
      ))}
      <Neuron context={context} />
      {pictures.ofLayers.map((picture) => (
        <Frame key={picture.name} context={context} picture={picture} />
      ))}
    </div>
  );
}
