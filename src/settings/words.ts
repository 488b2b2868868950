import type { SettingKey } from './settings';

/** `training.learningRate` as “learning rate”. */
export const wordFor = (key: SettingKey): string =>
  key
    .slice(key.indexOf('.') + 1)
    .replaceAll('.', ' ')
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
