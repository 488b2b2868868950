import picomatch from 'picomatch';
import * as path from 'node:path';
import * as vscode from 'vscode';
import * as v from 'valibot';
import { clampAll, datasetKeys, settingKeys, type SettingKey, type Settings } from '../settings/settings';

const SECTION = 'neuronLens';
const overridesSchema = v.record(v.string(), v.record(v.string(), v.unknown()));
type Overrides = v.InferOutput<typeof overridesSchema>;

/** The settings that hold for a file, `datasets` overrides among them, and what is wrong with them. */
export function readSettings(uri: vscode.Uri): { settings: Settings; problems: string[] } {
  const configuration = vscode.workspace.getConfiguration(SECTION, uri);
  const raw: Partial<Record<SettingKey, unknown>> = {};
  for (const key of settingKeys) raw[key] = configuration.get(key);
  const { overrides, problems } = readOverrides(configuration.get('datasets'));
  for (const [glob, values] of Object.entries(overrides)) {
    if (!matches(glob, uri)) continue;
    for (const [key, value] of Object.entries(values)) {
      const known = datasetKeys.find((candidate) => candidate === key);
      if (known) raw[known] = value;
      else problems.push(`neuronLens.datasets: “${key}” for ${glob} is none of ${datasetKeys.join(', ')}`);
    }
  }
  const clamped = clampAll(raw);
  return { settings: clamped.settings, problems: [...problems, ...clamped.problems] };
}

/** Calls back when a setting of ours is edited, anywhere. */
export const onDidChangeSettings = (listener: () => void): vscode.Disposable =>
  vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(SECTION)) listener();
  });

/**
 * Writes overrides for one file into `neuronLens.datasets`, at the level where the person already has that map, else
 * in the workspace, else for the user. An entry that names this very file is extended.
 */
export async function overrideForFile(
  uri: vscode.Uri,
  changes: Partial<Record<SettingKey, unknown>>,
): Promise<void> {
  const configuration = vscode.workspace.getConfiguration(SECTION, uri);
  const levels = configuration.inspect('datasets');
  const [target, present] =
    levels?.workspaceFolderValue !== undefined
      ? [vscode.ConfigurationTarget.WorkspaceFolder, levels.workspaceFolderValue]
      : levels?.workspaceValue !== undefined
        ? [vscode.ConfigurationTarget.Workspace, levels.workspaceValue]
        : levels?.globalValue !== undefined
          ? [vscode.ConfigurationTarget.Global, levels.globalValue]
          : vscode.workspace.getWorkspaceFolder(uri)
            ? [vscode.ConfigurationTarget.Workspace, {}]
            : [vscode.ConfigurationTarget.Global, {}];
  const { overrides } = readOverrides(present);
  const own = await globFor(uri);
  const names = [own, vscode.workspace.asRelativePath(uri, false), path.posix.basename(uri.path)];
  const glob = Object.keys(overrides).findLast((name) => names.includes(name) && isOnlyFor(name, own)) ?? own;
  const { [glob]: entry, ...others } = overrides;
  // The entry goes last, so that no other glob overrides what the person has just chosen.
  await configuration.update('datasets', { ...others, [glob]: { ...entry, ...changes } }, target);
}

/** What means this file and no other: without a slash a name would mean all files that are called so. */
async function globFor(uri: vscode.Uri): Promise<string> {
  const relative = vscode.workspace.asRelativePath(uri, false);
  const escaped = relative.replace(/[[\](){}*?!+@\\]/g, '\\$&');
  if (relative.includes('/')) return escaped;
  const like = `**/${relative.replace(/[[\](){}*?!+@\\]/g, '?')}`;
  const found = await vscode.workspace.findFiles(like, '**/node_modules/**', 20);
  const isShared = found.some(
    (each) => each.path !== uri.path && path.posix.basename(each.path) === path.posix.basename(uri.path),
  );
  return isShared ? `./${escaped}` : escaped;
}

/** Whether an entry under a bare name can be extended without meaning other files too. */
const isOnlyFor = (name: string, own: string): boolean => name.includes('/') || !own.startsWith('./');

function readOverrides(raw: unknown): { overrides: Overrides; problems: string[] } {
  if (raw === undefined) return { overrides: {}, problems: [] };
  const parsed = v.safeParse(overridesSchema, raw);
  return parsed.success
    ? { overrides: parsed.output, problems: [] }
    : {
        overrides: {},
        problems: ['neuronLens.datasets: expected { "file or glob": { "setting": value } }; it is ignored'],
      };
}

/** A glob without a slash is matched with the file's name, others with its path in the workspace. */
function matches(glob: string, uri: vscode.Uri): boolean {
  const subject = glob.includes('/')
    ? vscode.workspace.asRelativePath(uri, false)
    : path.posix.basename(uri.path);
  return picomatch.isMatch(subject, glob, { dot: true, nonegate: true }) || subject === glob;
}
