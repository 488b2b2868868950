import picomatch from 'picomatch';
import * as path from 'node:path';
import * as vscode from 'vscode';
import * as v from 'valibot';
import { clampAll, datasetKeys, settingKeys, type SettingKey, type Settings } from '../settings/settings';
import { Debouncer } from './debouncer';

const SECTION = 'neuronLens';
const overridesSchema = v.record(v.string(), v.record(v.string(), v.unknown()));
type Overrides = v.InferOutput<typeof overridesSchema>;

/** Settings as they are edited act once they have not changed for this long, so that a half-typed number never does. */
const SETTLE_MS = 1500;

/** Files whose settings are remembered; of more the oldest are forgotten. */
const MOST_FILES = 1000;

export interface FileReading {
  readonly settings: Settings;
  /** What is wrong with the settings of this file, a sentence each. */
  readonly problems: readonly string[];
}

/** What to write for a file, or what follows for it from its settings at the moment of writing. */
export type Changes =
  Partial<Record<SettingKey, unknown>> | ((settings: Settings) => Partial<Record<SettingKey, unknown>>);

/** What edits have changed, file by file. */
export interface SettingsChange {
  /** Whether the settings of a file, or those of them that are named, are other ones than before. */
  affects(uri: vscode.Uri, keys?: readonly SettingKey[]): boolean;
  /** The settings of a file that are other ones than before; all of them where nobody has asked before. */
  changedKeys(uri: vscode.Uri): readonly SettingKey[];
}

/** The settings of every file: its overrides in `neuronLens.datasets` among them. */
export class FileSettings implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly settled = new vscode.EventEmitter<SettingsChange>();
  /** A setting of ours has been edited, and may change again with the next key. */
  readonly onDidChange = this.changed.event;
  /** Edits are over: the settings have not changed for a while, or a command of ours has changed them. */
  readonly onDidSettle = this.settled.event;
  /** What holds now, by file, as far as somebody has asked. */
  private readings = new Map<string, FileReading>();
  /** What held when the settings last stood still. */
  private before = new Map<string, FileReading>();
  private readonly settling = new Debouncer(SETTLE_MS, () => this.settle());
  private writing: Promise<unknown> = Promise.resolve();
  private readonly disposables: vscode.Disposable;

  constructor() {
    this.disposables = vscode.Disposable.from(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(SECTION)) this.renew();
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.renew()),
      this.changed,
      this.settled,
    );
  }

  /** The settings that hold for a file now, and what is wrong with them. */
  read(uri: vscode.Uri): FileReading {
    const key = uri.toString();
    let reading = this.readings.get(key);
    if (!reading) {
      reading = readSettings(uri);
      this.readings.set(key, reading);
      const [oldest] = this.readings.keys();
      if (this.readings.size > MOST_FILES) this.readings.delete(oldest);
    }
    return reading;
  }

  /**
   * Writes overrides for one file into `neuronLens.datasets`, at the level where the person already has that map, else
   * in the workspace, else for the user. An entry that names this very file is extended. One write follows the other,
   * so that each starts from what the one before has left; it acts at once.
   */
  override(uri: vscode.Uri, changes: Changes): Promise<void> {
    const written = this.writing.then(async () => {
      const isTyping = this.settling.waiting;
      await write(uri, typeof changes === 'function' ? changes(this.read(uri).settings) : changes);
      if (!isTyping) this.settling.flush();
    });
    this.writing = written.catch(() => undefined);
    return written;
  }

  dispose(): void {
    this.settling.dispose();
    this.disposables.dispose();
  }

  private renew(): void {
    if (!this.settling.waiting) this.before = new Map([...this.before, ...this.readings]);
    this.readings = new Map();
    this.settling.touch();
    this.changed.fire();
  }

  private settle(): void {
    const { before } = this;
    const changedKeys = (uri: vscode.Uri) => {
      const old = before.get(uri.toString())?.settings;
      const { settings } = this.read(uri);
      return settingKeys.filter((key) => !old || JSON.stringify(old[key]) !== JSON.stringify(settings[key]));
    };
    this.settled.fire({
      changedKeys,
      affects: (uri, keys) => {
        const changed = changedKeys(uri);
        if (keys) return changed.some((key) => keys.includes(key));
        const problems = before.get(uri.toString())?.problems;
        return changed.length > 0 || problems?.join('\n') !== this.read(uri).problems.join('\n');
      },
    });
  }
}

function readSettings(uri: vscode.Uri): FileReading {
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

async function write(uri: vscode.Uri, changes: Partial<Record<SettingKey, unknown>>): Promise<void> {
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
