import { createHash } from 'node:crypto';
import { dataKeys, type Settings } from '../settings/settings';

/** Equal for runs whose pictures are drawn from the same data: the file, and the settings that say how it is used. */
export function picturesKey(hash: string, settings: Settings): string {
  const values = dataKeys.map((key) => [key, settings[key]]);
  return createHash('sha256')
    .update(JSON.stringify([hash, values]))
    .digest('hex')
    .slice(0, 40);
}
