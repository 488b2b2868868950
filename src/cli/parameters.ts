import { closeSync, readFileSync } from 'node:fs';
import * as v from 'valibot';
import { zeroParameters, type Network, type Parameters } from '../core/network';
import { failureOf } from '../data/failure';
import { openRegular } from '../threads/regularFile';
import { FileError } from './errors';
import { textOf } from './text';

const numbers = v.array(v.pipe(v.number(), v.finite()));
const parametersSchema = v.record(v.string(), v.union([numbers, v.array(numbers)]));

/** Reads {W1, b1, W2, b2, …}, on its own or under "initial". Throws UserError when it does not fit. */
export function readParameters(path: string, network: Network): Parameters {
  let json: unknown;
  try {
    json = JSON.parse(readText(path));
  } catch (error) {
    throw new FileError(
      path,
      error instanceof SyntaxError ? error.message : textOf(failureOf(error).message),
    );
  }
  const inner = v.safeParse(v.looseObject({ initial: v.unknown() }), json);
  const parsed = v.safeParse(parametersSchema, inner.success ? inner.output.initial : json);
  if (!parsed.success) throw new FileError(path, 'It does not hold arrays of numbers W1, b1, W2, b2, ….');
  const parameters = zeroParameters(network);
  const shape = (name: string, expected: string, fits: boolean) => {
    if (!fits) {
      throw new FileError(path, `${name} must be ${expected} for a ${network.sizes.join('-')} network.`);
    }
  };
  parameters.forEach(({ W, b }, index) => {
    const [nameW, nameB] = [`W${index + 1}`, `b${index + 1}`];
    const rows = parsed.output[nameW] ?? [];
    const isMatrix =
      rows.length === W.rows && rows.every((row) => Array.isArray(row) && row.length === W.cols);
    shape(nameW, `${W.rows} × ${W.cols}`, isMatrix);
    W.data.set(rows.flat());
    const biases = (parsed.output[nameB] ?? []).flat();
    shape(nameB, `${b.length} numbers`, biases.length === b.length);
    b.set(biases);
  });
  return parameters;
}

function readText(path: string): string {
  const fd = openRegular(path);
  try {
    return readFileSync(fd, 'utf8');
  } finally {
    closeSync(fd);
  }
}
