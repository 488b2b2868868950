import * as vscode from 'vscode';
import { overrideProblemText, overridesFor, readOverrides, type Overrides } from '../settings/overrides';
import { settingKeys, type SettingKey, type Settings } from '../settings/settings';
import type { Origin } from '../protocol/handlesView';
import { problemText, readValues } from '../settings/values';
import { Debouncer } from './debouncer';

/** Settings as they are edited act once they have not changed for this long, so that a half-typed number never does. */
const SETTLE_MS = 1500;

/** Files whose settings are remembered; of more the oldest are forgotten. */
const MOST_FILES = 1000;

/** What all our settings begin with. */
export const SECTION = 'neuronLens';

export interface FileReading {
  readonly settings: Settings;
  /** What is wrong with the settings of this file, a sentence each. */
  readonly problems: readonly string[];
  /** The keys that a person has set, for this file or all; the others are at their defaults. */
  readonly given: readonly SettingKey[];
  /** Where those were set. */
  readonly origins: ReadonlyMap<SettingKey, Origin>;
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
  /** The map `datasets`, its globs ready to be matched, by workspace folder. */
  private overrides = new Map<string, Overrides>();
  /** What held when the settings last stood still: the last valid values, where somebody has asked. */
  private before = new Map<string, FileReading>();
  private readonly settling = new Debouncer(SETTLE_MS, () => this.settle());
  private writing: Promise<unknown> = Promise.resolve();
  /** What holds for a file until the window closes, where nothing can be written. */
  private readonly held = new Map<string, Partial<Record<SettingKey, unknown>>>();
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

  /**
   * The settings that hold for a file now, and what is wrong with them. A value that cannot be used stays what it was
   * when the settings last stood still, or is the default.
   */
  read(uri: vscode.Uri): FileReading {
    const key = uri.toString();
    let reading = this.readings.get(key);
    if (!reading) {
      reading = this.readAnew(uri);
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
    return this.write(async () => {
      // Loaded with the first write.
      const { entryOf, writeEntry } = await import('./datasetEntries');
      const entry = await entryOf(uri);
      const changed = typeof changes === 'function' ? changes(this.read(uri).settings) : changes;
      await writeEntry(entry, { ...entry.values, ...changed });
    });
  }

  /** Writes settings, one write behind the other; it acts at once. */
  write<T>(work: () => Promise<T>): Promise<T> {
    const written = this.writing.then(async () => {
      const isTyping = this.settling.waiting;
      const result = await work();
      if (!isTyping) this.settling.flush();
      return result;
    });
    this.writing = written.catch(() => undefined);
    return written;
  }

  /** What is held for a file until the window closes. */
  heldFor(uri: vscode.Uri): Partial<Record<SettingKey, unknown>> {
    return this.held.get(uri.toString()) ?? {};
  }

  /** Holds a value for a file until the window closes; undefined: no more. */
  hold(uri: vscode.Uri, key: SettingKey, value: unknown): void {
    const { [key]: _before, ...others } = this.heldFor(uri);
    this.held.set(uri.toString(), value === undefined ? others : { ...others, [key]: value });
    this.renew();
  }

  dispose(): void {
    this.settling.dispose();
    this.disposables.dispose();
  }

  private readAnew(uri: vscode.Uri): FileReading {
    const configuration = vscode.workspace.getConfiguration(SECTION, uri);
    const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri.toString() ?? '';
    const overrides = this.overrides.get(folder) ?? readOverrides(configuration.get('datasets'));
    this.overrides.set(folder, overrides);
    const own = overridesFor(overrides, vscode.workspace.asRelativePath(uri, false));
    const general = Object.fromEntries(settingKeys.map((key) => [key, configuration.get(key)]));
    const held = this.heldFor(uri);
    const raw = { ...general, ...own.values, ...held };
    const { settings, problems } = readValues(raw, this.before.get(uri.toString())?.settings);
    const originOf = (key: SettingKey): Origin =>
      key in held ? 'window' : key in own.values ? 'file' : levelOf(configuration, key);
    const origins = new Map(
      settingKeys.map((key) => [key, originOf(key)] as const).filter(([, origin]) => origin !== 'default'),
    );
    return {
      settings,
      problems: [...own.problems.map(overrideProblemText), ...problems.map(problemText)],
      given: [...origins.keys()],
      origins,
    };
  }

  private renew(): void {
    this.remember();
    this.readings = new Map();
    this.overrides = new Map();
    this.settling.touch();
    this.changed.fire();
  }

  /** Of a file that is first asked for while settings change, the first answer counts as what held before. */
  private remember(): void {
    const all = this.settling.waiting
      ? [...this.readings, ...this.before]
      : [...this.before, ...this.readings];
    this.before = new Map(all.slice(-MOST_FILES));
  }

  private settle(): void {
    this.before = new Map([...this.readings, ...this.before]);
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

/** Where a person has set a key for all files. */
function levelOf(configuration: vscode.WorkspaceConfiguration, key: SettingKey): Origin {
  const {
    defaultValue: _default,
    defaultLanguageValue: _language,
    key: _key,
    languageIds: _ids,
    ...levels
  } = configuration.inspect(key) ?? { key };
  if (levels.workspaceValue !== undefined || levels.workspaceFolderValue !== undefined) return 'workspace';
  return Object.values(levels).some((value) => value !== undefined) ? 'user' : 'default';
}
