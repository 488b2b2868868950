import type { Settings } from '../../settings/settings';
import { message, type Message, type Notice } from '../message';
import type { CheckedTable } from './check';

type Why = Message<'listed-in-vain'>['args']['why'];

/** Columns that the settings list to be ignored or included and that are used otherwise, or would be so anyway. */
export function listedInVain(
  { columns, target }: CheckedTable,
  settings: Pick<Settings, 'data.ignoredColumns' | 'data.includedColumns'>,
): Notice[] {
  const find = (key: keyof typeof settings, whyOf: (index: number) => Why | null): Notice[] =>
    settings[key].flatMap((name) => {
      const why = whyOf(columns.findIndex(({ read }) => read.name === name));
      return why ? [message('listed-in-vain', { key, name, why })] : [];
    });
  const otherUse = (index: number): Why | null => {
    if (index < 0) return null;
    if (index === target?.index) return 'target';
    return columns[index].role === 'split' ? 'splits' : null;
  };
  return [
    ...find('data.ignoredColumns', otherUse),
    ...find('data.includedColumns', (index) => {
      if (index < 0) return null;
      const { role, typed } = columns[index];
      if (otherUse(index)) return otherUse(index);
      if (role === 'ignored') return 'ignored';
      if (typed.type === 'constant') return 'constant';
      return typed.type === 'identifier' || typed.type === 'text' ? null : 'feature';
    }),
  ];
}
