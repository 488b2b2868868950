import { cut } from '../core/format';
import { handleKeys, type HandlesView } from '../protocol/handlesView';
import type { Session } from '../session/session';
import type { FileReading } from './settings';

/** What the handles of a Lens show of a run, by what is set for its file. */
export function handlesView(
  { wantedSettings, settings, automatic }: Session,
  { origins }: FileReading,
  written: Pick<HandlesView, 'undo' | 'canWrite'>,
): HandlesView {
  return {
    handles: handleKeys.map((key) => {
      const [wanted, acting] = [wantedSettings[key], settings[key]];
      return {
        key,
        value: typeof wanted === 'string' ? cut(wanted) : wanted,
        acting: typeof acting === 'string' ? cut(acting) : acting,
        from: origins.get(key) ?? 'default',
      };
    }),
    automatic: {
      ...automatic,
      ...(automatic['model.hiddenLayers'] && { 'model.hiddenLayers': [...automatic['model.hiddenLayers']] }),
    },
    ...written,
  };
}
