import { full, short, whole } from '../../src/core/format';
import { parameterName, type ParameterPlace } from '../../src/core/parameterIndex';
import { parameterIndex } from '../../src/core/parameterIndex';
import type { Parameters } from '../../src/core/network';
import { nodeName } from '../model/diagram';
import type { LensContext } from '../ui/context';

/** The number at a place; NaN where there is none. */
export function numberAt(parameters: Parameters | null, { layer, unit, input }: ParameterPlace): number {
  const own = parameters?.[layer - 1];
  return (input === null ? own?.b[unit] : own?.W.data[unit * own.W.cols + input]) ?? NaN;
}

/** `x1 to unit 2`, or `bias of unit 2`. */
export function placeText({ run }: LensContext, { layer, unit, input }: ParameterPlace): string {
  const name = nodeName(run, layer, unit);
  return input === null ? `bias of ${name}` : `${nodeName(run, layer - 1, input)} to ${name}`;
}

/** `W[1](2,1) = 0.3142, dW = 0.00123 over all 320 training examples; changed by −0.002 since epoch 409.` */
export function parameterText(context: LensContext, place: ParameterPlace): string {
  const { run, models } = context;
  const w = numberAt(run.parameters.value, place);
  const gradients = models.gradients.value;
  const before = models.before.value;
  const d = numberAt(gradients?.layers ?? null, place);
  const examples = gradients?.isWhole
    ? `all ${whole(gradients.examples)} training examples`
    : `${whole(gradients?.examples ?? 0)} of the training examples`;
  const symbol = place.input === null ? 'db' : 'dW';
  const { network } = run.view.value;
  const isFrozen = network && run.frozen.value.has(parameterIndex(network, place));
  return [
    `${parameterName(place)}, ${placeText(context, place)} = ${full(w)}`,
    ...(Number.isNaN(d) ? [] : [`, ${symbol} = ${short(d)} over ${examples}`]),
    ...(before
      ? [`; changed by ${signed(w - numberAt(before.parameters, place))} ${since(before.epoch)}`]
      : []),
    ...(isFrozen ? ['; frozen'] : []),
  ].join('');

  function since(epoch: number): string {
    return epoch === run.measure.value?.epoch ? 'by hand' : `since epoch ${whole(epoch)}`;
  }
}

const signed = (value: number): string => (value > 0 ? `+${short(value)}` : short(value));
