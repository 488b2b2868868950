import { plainSettings, type Automatic, type PlainSettings } from '../settings/automatic';
import { definitions, liveKeys, settingKeys, type SettingKey, type Settings } from '../settings/settings';

/** What a person has set for a file. */
export interface Given {
  readonly settings: Settings;
  /** What is wrong with the settings, a sentence each. */
  readonly problems: readonly string[];
  /** The keys that a person has set; the others are at their defaults. */
  readonly given: readonly SettingKey[];
}

/** The settings of a run: those that act on it, and those that a person has edited since. */
export class RunSettings {
  /** The keys that a person has set at any time. */
  private readonly touched: Set<SettingKey>;
  private present: Given;
  /** What each `auto` stands for in the run, as far as that is known. */
  automatic: Partial<Automatic> = {};

  /**
   * @param acting those that it was started with, with the edits of live ones since
   * @param startedWith the keys that a person had set by then
   * @param edited what they have set today
   */
  constructor(
    public acting: Settings,
    readonly startedWith: readonly SettingKey[],
    edited: Given,
  ) {
    this.touched = new Set([...startedWith, ...edited.given]);
    this.present = edited;
  }

  /** What a person has set today. */
  get edited(): Given {
    return this.present;
  }
  set edited(given: Given) {
    given.given.forEach((key) => this.touched.add(key));
    this.present = given;
  }

  /**
   * What holds for the run: the person's settings, and where nothing was ever set what it began with, so that a default
   * which another version has is no edit. One that was taken away again is at its default.
   */
  get effective(): Settings {
    const kept = settingKeys.filter((key) => definitions[key].acts !== 'view' && !this.touched.has(key));
    return { ...this.edited.settings, ...Object.fromEntries(kept.map((key) => [key, this.acting[key]])) };
  }

  /** Settings, with what each `auto` stands for in the run. */
  plain(settings: Settings): PlainSettings {
    return plainSettings(settings, this.automatic);
  }

  /**
   * Keys of settings that were edited and act only after a restart.
   * @param target the column that it predicts, also where no setting says so; null before that is known
   */
  pending(target: string | null): SettingKey[] {
    const [effective, acting] = [this.plain(this.effective), this.plain(this.acting)];
    // To choose the column that was found is no edit.
    const isFoundChosen = acting['data.target'] === '' && effective['data.target'] === target;
    const isEdited = (key: SettingKey) =>
      JSON.stringify(effective[key]) !== JSON.stringify(acting[key]) &&
      !(key === 'data.target' && isFoundChosen);
    return settingKeys.filter((key) => definitions[key].acts === 'restart' && isEdited(key));
  }

  /** Keys of live settings that were edited and do not act yet. */
  get liveEdited(): SettingKey[] {
    const { effective, acting } = this;
    return liveKeys.filter((key) => effective[key] !== acting[key]);
  }
}
