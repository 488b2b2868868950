import * as vscode from 'vscode';
import { exerciseOf, type ExerciseId } from '../core/exercises/exercises';
import type { ExerciseSettings } from '../core/exercises/exercise';
import { nameOf } from '../core/format';
import type { Exercises } from './exercises';
import type { HandleWrites } from './handleWrites';
import type { LensParts } from './lenses';
import { showPlace } from './showPlace';

interface Parts extends Pick<LensParts, 'extensionUri' | 'sampleFolder'> {
  readonly writes: HandleWrites;
  readonly exercises: Exercises;
}

/** Sets what an exercise begins with, or its solution, for its table, and trains on that; resolves to the table. */
export async function setUpExercise(
  parts: Parts,
  id: ExerciseId,
  does: 'setUp' | 'solve',
  open: vscode.Uri | undefined,
): Promise<vscode.Uri> {
  const exercise = exerciseOf(id);
  const at = Math.min(parts.exercises.stepOf(id), exercise.steps.length - 1);
  const uri = await tableFor(parts, exercise.file, open);
  const settings = exercise.steps
    .slice(0, at + 1)
    .reduce<ExerciseSettings>((all, step) => ({ ...all, ...step.settings }), {});
  const solution = does === 'solve' ? exercise.steps[at].solution : null;
  if (uri.toString() !== open?.toString()) await showPlace(uri);
  await parts.writes.setAll(uri, { ...settings, ...solution });
  await vscode.commands.executeCommand('neuronLens.train', uri);
  return uri;
}

/** The table that the Lens shows where it is that one, else one of its name in the workspace, else a copy of ours. */
async function tableFor(
  { extensionUri, sampleFolder }: Parts,
  name: string,
  open: vscode.Uri | undefined,
): Promise<vscode.Uri> {
  if (open && nameOf(open.toString()) === name) return open;
  const [found] = await vscode.workspace.findFiles(`**/${name}`, '**/node_modules/**', 1);
  if (found) return found;
  const copy = vscode.Uri.joinPath(sampleFolder, name);
  const { fs } = vscode.workspace;
  try {
    await fs.stat(copy);
  } catch {
    // An update of the extension would take the person's edits with it, so it is not opened where it lies.
    await fs.copy(vscode.Uri.joinPath(extensionUri, 'samples', name), copy);
  }
  return copy;
}
