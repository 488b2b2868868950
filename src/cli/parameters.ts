import { closeSync, readFileSync } from 'node:fs';
import * as v from 'valibot';
import { zeroParameters, type Network, type Parameters } from '../core/network';
import { failureOf } from '../data/failure';
import { openRegular } from '../threads/regularFile';
import { FileError } from './errors';
import { matrixText, NO_PARAMETERS, textOf, vectorText } from './text';

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
  if (!parsed.success) throw new FileError(path, NO_PARAMETERS);
  const parameters = zeroParameters(network);
  parameters.forEach(({ W, b }, index) => {
    const [nameW, nameB] = [`W${index + 1}`, `b${index + 1}`];
    const rows = parsed.output[nameW] ?? [];
    const isMatrix =
      rows.length === W.rows && rows.every((row) => Array.isArray(row) && row.length === W.cols);
    if (!isMatrix) throw new FileError(path, matrixText(nameW, W.rows, W.cols, network));
    W.data.set(rows.flat());
    const biases = (parsed.output[nameB] ?? []).flat();
    if (biases.length !== b.length) throw new FileError(path, vectorText(nameB, b.length, network));
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
