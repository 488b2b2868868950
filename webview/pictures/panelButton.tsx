import type { ParameterPlace } from '../../src/core/parameterIndex';
import type { LensContext } from '../ui/context';
import { Icon } from '../ui/icon';
import { bringIntoSight } from '../ui/sight';

/** Opens the panel at a parameter. It stands below the network, which may be as high as the window. */
export function openPanel({ parameter }: LensContext['choices'], place: ParameterPlace): void {
  const isThere = parameter.value !== null;
  parameter.value = place;
  // Once it is there, the next edge is chosen where this one was.
  if (!isThere) bringIntoSight('.weightPanel');
}

/** Opens the panel at the chosen unit, or at the first; closes it where it is open. */
export function PanelButton({ context: { choices } }: { context: LensContext }) {
  const { value: place } = choices.parameter;
  const toggle = () => {
    const { layer, unit } = choices.neuron.value ?? { layer: 1, unit: 0 };
    if (place) choices.parameter.value = null;
    else openPanel(choices, { layer, unit, input: 0 });
  };
  return (
    <button
      class="tool"
      data-action="weights"
      aria-expanded={place !== null}
      title="Look at one weight or bias, change it by hand, freeze it"
      onClick={toggle}
    >
      <Icon name="edit" /> Weights
    </button>
  );
}
