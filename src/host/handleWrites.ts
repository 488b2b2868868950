import * as vscode from 'vscode';
import { message } from '../data/message';
import { UserError } from '../data/userError';
import { datasetKeys, definitions, settingKeys, type SettingKey } from '../settings/settings';
import { faultText, readValues, shownValue } from '../settings/values';
import { entryOf, writeEntry } from './datasetEntries';
import { SECTION, type FileSettings } from './settings';

/** Writes that can be taken back. */
const MOST_WRITES = 100;

/** Where a handle writes: this file's entry of `datasets`, the workspace's value for all files, or until the window closes. */
type Place =
  | { readonly kind: 'entry' }
  | { readonly kind: 'all'; readonly target: vscode.ConfigurationTarget }
  | { readonly kind: 'window' };

/** One write, as it is taken back. */
interface Write {
  readonly uri: string;
  readonly key: SettingKey;
  readonly place: Place;
  /** What was written there before; undefined: nothing. */
  readonly before: unknown;
  readonly after: unknown;
  /** What held before and holds now, as a person would write it. */
  readonly text: string;
  /** Writes of one group are taken back together. */
  readonly group?: symbol;
}

/**
 * Writes what the handles of a Lens set. It goes into the file's entry of `neuronLens.datasets` in the workspace, unless
 * the workspace sets the key for all files and the entry does not: then that is changed. What the user has set for all
 * workspaces is never written. Where no folder is open nothing can be written: it is held until the window closes.
 */
export class HandleWrites {
  private readonly done: Write[] = [];

  constructor(private readonly fileSettings: FileSettings) {}

  /** Whether what is set can be written. */
  get canWrite(): boolean {
    return (vscode.workspace.workspaceFolders?.length ?? 0) > 0;
  }

  /** Sets a value for a file. Throws UserError for one that cannot be used, and where something else holds all the same. */
  async set(uri: vscode.Uri, key: SettingKey, value: unknown): Promise<void> {
    mustBeValid(key, value);
    await this.fileSettings.write(async () => {
      this.forgetOld();
      await this.change(uri, key, this.placeFor(uri, key), value);
    });
    const now: unknown = this.fileSettings.read(uri).settings[key];
    if (same(now, value)) return;
    throw new UserError(message('overridden', { key, value: shownValue(value), now: shownValue(now) }));
  }

  /**
   * Sets several values for a file, those that do not hold yet; one undo takes all of them back. Throws UserError as
   * {@link set} does.
   */
  async setAll(uri: vscode.Uri, changes: Partial<Record<SettingKey, unknown>>): Promise<void> {
    const keys = settingKeys.filter((key) => key in changes);
    keys.forEach((key) => mustBeValid(key, changes[key]));
    const holds = (key: SettingKey) => same(this.fileSettings.read(uri).settings[key], changes[key]);
    await this.fileSettings.write(async () => {
      this.forgetOld();
      const from = this.done.length;
      const group = Symbol();
      for (const key of keys) {
        if (!holds(key)) await this.change(uri, key, this.placeFor(uri, key), changes[key], group);
      }
      const made = this.done.slice(from);
      const text = made.map((write) => write.text).join(', ');
      this.done.splice(from, Infinity, ...made.map((write) => ({ ...write, text })));
    });
    const failed = keys.find((key) => !holds(key));
    if (failed === undefined) return;
    const now: unknown = this.fileSettings.read(uri).settings[failed];
    throw new UserError(
      message('overridden', { key: failed, value: shownValue(changes[failed]), now: shownValue(now) }),
    );
  }

  /**
   * The default holds for a file again: the key is taken out of where it would be written; where something else would hold
   * then, as the user's own setting, the default is written.
   */
  async reset(uri: vscode.Uri, key: SettingKey): Promise<void> {
    const { default: value } = definitions[key];
    await this.fileSettings.write(async () => {
      if (!this.fileSettings.read(uri).origins.has(key)) return;
      const place = this.placeFor(uri, key);
      this.forgetOld();
      const from = this.done.length;
      await this.change(uri, key, place, undefined);
      if (!same(this.fileSettings.read(uri).settings[key], value)) await this.change(uri, key, place, value);
      // One undo takes both back.
      const [first, second] = this.done.splice(from);
      if (first) this.done.push({ ...first, after: second ? second.after : first.after });
    });
  }

  /** The write that {@link undo} takes back: what has been changed otherwise since is left alone. */
  last(uri: vscode.Uri): string | null {
    const write = this.lastOf(uri);
    if (!write) return null;
    const now: unknown = this.fileSettings.read(uri).settings[write.key];
    return write.after === undefined || same(now, write.after) ? write.text : null;
  }

  /** Takes back the last write for a file, and those of its group. */
  async undo(uri: vscode.Uri): Promise<void> {
    const last = this.lastOf(uri);
    if (!last) return;
    const { group } = last;
    const writes =
      group === undefined ? [last] : this.done.filter((write) => write.group === group).reverse();
    await this.fileSettings.write(async () => {
      let edited: SettingKey | undefined;
      for (const write of writes) {
        this.done.splice(this.done.indexOf(write), 1);
        const { key, place, before, after } = write;
        if (same(await this.valueAt(uri, key, place), after)) await this.put(uri, key, place, before);
        else edited ??= key;
      }
      if (edited !== undefined) throw new UserError(message('edited-since', { key: edited }));
    });
  }

  /** Only so many can be taken back. */
  private forgetOld(): void {
    this.done.splice(0, Math.max(0, this.done.length - MOST_WRITES));
  }

  private lastOf(uri: vscode.Uri): Write | undefined {
    const address = uri.toString();
    return this.done.findLast((write) => write.uri === address);
  }

  private placeFor(uri: vscode.Uri, key: SettingKey): Place {
    if (!this.canWrite) return { kind: 'window' };
    const { Workspace, WorkspaceFolder } = vscode.ConfigurationTarget;
    const levels = vscode.workspace.getConfiguration(SECTION, uri).inspect(key);
    const isOfFile = this.fileSettings.read(uri).origins.get(key) === 'file';
    if (!isOfFile && levels?.workspaceFolderValue !== undefined)
      return { kind: 'all', target: WorkspaceFolder };
    if ((!isOfFile && levels?.workspaceValue !== undefined) || !datasetKeys.includes(key))
      return { kind: 'all', target: Workspace };
    return { kind: 'entry' };
  }

  private async change(
    uri: vscode.Uri,
    key: SettingKey,
    place: Place,
    after: unknown,
    group?: symbol,
  ): Promise<void> {
    const before = await this.valueAt(uri, key, place);
    if (same(before, after)) return;
    const held: unknown = this.fileSettings.read(uri).settings[key];
    await this.put(uri, key, place, after);
    const text = `${key} ${shownValue(held)} → ${shownValue(after ?? definitions[key].default)}`;
    this.done.push({ uri: uri.toString(), key, place, before, after, text, ...(group && { group }) });
  }

  private async valueAt(uri: vscode.Uri, key: SettingKey, place: Place): Promise<unknown> {
    switch (place.kind) {
      case 'entry':
        return (await entryOf(uri, 'workspace')).values[key];
      case 'all': {
        const levels = vscode.workspace.getConfiguration(SECTION, uri).inspect(key);
        return place.target === vscode.ConfigurationTarget.WorkspaceFolder
          ? levels?.workspaceFolderValue
          : levels?.workspaceValue;
      }
      case 'window':
        return this.fileSettings.heldFor(uri)[key];
      default:
        return place satisfies never;
    }
  }

  /** undefined: takes the key away. */
  private async put(uri: vscode.Uri, key: SettingKey, place: Place, value: unknown): Promise<void> {
    switch (place.kind) {
      case 'entry': {
        const entry = await entryOf(uri, 'workspace');
        const { [key]: _before, ...others } = entry.values;
        await writeEntry(entry, value === undefined ? others : { ...entry.values, [key]: value });
        return;
      }
      case 'all':
        await vscode.workspace.getConfiguration(SECTION, uri).update(key, value, place.target);
        return;
      case 'window':
        this.fileSettings.hold(uri, key, value);
        return;
      default:
        place satisfies never;
    }
  }
}

/** Throws UserError, a sentence, for a value that the settings do not allow. */
export function mustBeValid(key: SettingKey, value: unknown): void {
  const [problem] = readValues({ [key]: value }).problems;
  if (problem) throw new UserError(message('unusable-value', { key, why: faultText(problem) }));
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
