import * as vscode from 'vscode';

/** The exercises that are done: the walkthrough needs no more, long before a Lens knows how far each has come. */
const KEY = 'exercisesDone';

/** The walkthrough ticks by these. */
const tick = (id: string, isDone: boolean): void =>
  void vscode.commands.executeCommand('setContext', `neuronLens.exercise.${id}`, isDone);

const kept = (memory: vscode.Memento): string[] => {
  const ids = memory.get<unknown>(KEY);
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
};

/** Ticks what was done when this was last known: a window begins with nothing ticked. */
export const tickDone = (memory: vscode.Memento): void => kept(memory).forEach((id) => tick(id, true));

/** Ticks an exercise, or no more, and keeps that. */
export function keepTick(memory: vscode.Memento, id: string, isDone: boolean): void {
  tick(id, isDone);
  const before = kept(memory);
  if (before.includes(id) === isDone) return;
  void memory.update(KEY, isDone ? [...before, id] : before.filter((other) => other !== id));
}
