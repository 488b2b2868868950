import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
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
      ofUnits: [unitsPicture, unitPicture, contributionsPicture, hiddenSpacePicture].map((create) =>
        create(context),
      ),
      ofLayers: [activationsPicture, weightsPicture].map((create) => create(context)),
    }),
    [context],
  );
  const page = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (!context.choices.wantsEvidence.peek()) return;
    context.choices.wantsEvidence.value = false;
    const plot = page.current?.querySelector<HTMLElement>('.unitPlot');
    plot?.scrollIntoView({ block: 'center' });
    plot?.focus({ preventScroll: true });
  }, [context]);
  return (
    <div class="pictures" ref={page}>
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
