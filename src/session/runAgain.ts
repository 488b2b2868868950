import { curvePoint } from '../core/history';
import type { RunRecord } from '../runs/record';
import { weightsHash } from '../runs/weightsHash';
import type { Session } from './session';

/**
 * Trains a run that rests again from its beginning, with its edits and what was done to its weights by hand at their epochs.
 * Resolves with the record of the new run, which says whether its weights are the same to the last bit; null where it was
 * ended before. Throws UserError where it cannot be the same: of another file, engine or way of reading.
 */
export async function runAgain(session: Session, startedAt: number): Promise<RunRecord | null> {
  const { measure, parameters, status, epochs, diverged, branchedAt, label } = session;
  const before = session.record;
  const again = await session.branchAt(measure?.epoch ?? 0, startedAt, true);
  if (!again || !parameters) return null;
  const [was, is] = [parameters, again.parameters].map((weights) => weightsHash(weights, session.engine));
  const isSame = was === is;
  const { points, layers, branchedAt: _epoch, ...rest } = again;
  return {
    ...rest,
    ...{ status: status === 'running' || status === 'loading' || status === 'failed' ? 'paused' : status },
    ...{ epochs, diverged },
    ...(branchedAt !== null && { branchedAt }),
    // The curve is not trained again: that of the same weights is the same, and no other is known.
    points: isSame ? points : [curvePoint(again.measure)],
    ...(isSame && { layers }),
    ...(before?.baselines && { baselines: before.baselines }),
    ...(isSame && before?.sure && { sure: before.sure }),
    ...(before?.rows && { rows: before.rows }),
    ...(isSame && before?.model && { model: before.model }),
    ...(label.name && { name: `${label.name}, again` }),
    note: isSame
      ? `Run again exactly: the same weights, SHA-256 ${is}`
      : `Run again: file, settings and engine are the same, and the weights are not: SHA-256 ${is} in place of ${was}`,
  };
}
