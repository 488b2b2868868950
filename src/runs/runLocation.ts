import { lstat, realpath, stat } from 'node:fs/promises';
import path from 'node:path';

/** Why trainings are not kept in a folder, as a sentence. */
export class LocationRefused extends Error {}

/**
 * Where a folder is once all links are resolved, whether it is there yet or not. Throws LocationRefused for one that does
 * not lie in the workspace then, and for what is no folder.
 * @param root the folder of the workspace
 * @param location the way from there
 */
export async function resolveLocation(root: string, location: string): Promise<string> {
  const named = path.resolve(root, location);
  const [realRoot, real] = [await realOf(root, location), await realOf(named, location)];
  if (!isWithin(real, realRoot))
    throw new LocationRefused(
      `“${location}” does not lie in the workspace folder, once links are followed to where they lead.`,
    );
  const found = await stat(real).catch(() => null);
  if (found && !found.isDirectory()) throw new LocationRefused(`“${location}” is no folder.`);
  return real;
}

/** The same as long as nothing is there, with the links of what is. */
async function realOf(file: string, location: string): Promise<string> {
  try {
    return await realpath(file);
  } catch {
    const link = await lstat(file).catch(() => null);
    // A link that leads nowhere today may lead anywhere tomorrow.
    if (link) throw new LocationRefused(`“${location}” leads nowhere: a link on the way is broken.`);
    const above = path.dirname(file);
    if (above === file) throw new LocationRefused(`“${location}” cannot be found.`);
    return path.join(await realOf(above, location), path.basename(file));
  }
}

/** Whether a path is a folder or lies in it, by names alone. */
export function isWithin(file: string, folder: string): boolean {
  const way = path.relative(folder, file);
  return way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
}
