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

/** `W[1](2,1) = 0.3142, dW = 0.00123 over all 320 training examples; the update of epoch 410 changed it by −0.002.` */
export function parameterText(context: LensContext, place: ParameterPlace): string {
  const { run, models } = context;
  const w = numberAt(run.parameters.value, place);
  const gradients = models.gradients.value;
  const d = numberAt(gradients?.layers ?? null, place);
  const examples = gradients?.isWhole
    ? `all ${whole(gradients.examples)} training examples`
    : `${whole(gradients?.examples ?? 0)} of the training examples`;
  const symbol = place.input === null ? 'db' : 'dW';
  const { network } = run.view.value;
  const isFrozen = network && run.frozen.value.has(parameterIndex(network, place));
  const change = changeText(context, place, w);
  return [
    `${parameterName(place)}, ${placeText(context, place)} = ${full(w)}`,
    ...(Number.isNaN(d) ? [] : [`, ${symbol} = ${short(d)} over ${examples}`]),
    ...(change === '' ? [] : [`; ${change}`]),
    ...(isFrozen ? ['; frozen'] : []),
  ].join('');
}

/**
 * What the last epoch that is shown has changed: by its one update, or by one for each of its mini-batches. While a training
 * goes on, or what was done by hand came after, it is what has changed since something else was shown.
 */
function changeText({ run, models, lastUpdate }: LensContext, place: ParameterPlace, w: number): string {
  const epoch = run.measure.value?.epoch ?? 0;
  const shown = models.before.value;
  const exact = lastUpdate.value;
  if (shown?.epoch === epoch) return `changed by ${signed(w - numberAt(shown.parameters, place))} by hand`;
  if (exact?.epoch === epoch - 1) {
    const change = signed(w - numberAt(exact.before, place));
    const { edits, rule } = run.live.value;
    if (edits.some((edit) => edit.byHand !== undefined && edit.epoch === epoch))
      return `changed by ${change} since epoch ${whole(exact.epoch)}, by hand as well`;
    return rule.batchSize > 0
      ? `the mini-batches of epoch ${whole(epoch)} changed it by ${change}`
      : `the update of epoch ${whole(epoch)} changed it by ${change}`;
  }
  if (!shown) return '';
  if (shown.epoch > epoch)
    return `by epoch ${whole(shown.epoch)} it changes by ${signed(numberAt(shown.parameters, place) - w)}`;
  const change = signed(w - numberAt(shown.parameters, place));
  return `changed by ${change} since epoch ${whole(shown.epoch)}`;
}

const signed = (value: number): string => (value > 0 ? `+${short(value)}` : short(value));
