import type { RunRecord } from '../runs/record';
import type { FileRuns } from './fileRuns';
import type { Session } from './session';
import type { Store } from './world';

/** The runs of earlier windows, each read once somebody wants it. What cannot be read is set aside, and the file's no more. */
export class KeptRuns {
  /**
   * @param takeUp makes the session of a record, for the file's present address
   * @param onRead one more run is there: hears of the one that the file shows, or of it where none is shown
   */
  constructor(
    private readonly store: Pick<Store, 'read'>,
    private readonly takeUp: (record: RunRecord, uri: string) => Session,
    private readonly onRead: (shown: Session) => void,
  ) {}

  /** The session of a kept run; null when it cannot be read, or has made room meanwhile. */
  async read(file: FileRuns, id: string, uri: string): Promise<Session | null> {
    const entry = file.runs.find((each) => each.id === id);
    if (!entry) return null;
    try {
      entry.reading ??= this.store.read(id);
      const record = await entry.reading;
      if (entry.session) return entry.session;
      if (!file.has(id)) return null;
      const session = this.takeUp(record, uri);
      entry.session = session;
      if (record.uri !== uri) session.rename(uri);
      this.onRead(file.current ?? session);
      return session;
    } catch {
      file.remove(id);
      return null;
    }
  }

  /** The last run before the current one, or of all where none is current, that can be read. */
  async before(file: FileRuns, uri: string): Promise<Session | null> {
    for (let entry = file.before; entry; entry = file.before) {
      const session = entry.session ?? (await this.read(file, entry.id, uri));
      if (session) return session;
    }
    return null;
  }
}
