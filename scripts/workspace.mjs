// Temporary folders, and the scratch copy of samples/ that a demonstration or a test may write to.
import { chmodSync, cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT, beforeExit } from './run.mjs';

/** A new temporary folder, removed when this process ends unless it is to be kept. */
export function temporaryFolder({ keep = false } = {}) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'neuron-lens-'));
  if (!keep) beforeExit(() => removeFolder(folder));
  return folder;
}

export function removeFolder(folder) {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  } catch {
    // A process that is just going may still write; a temporary folder left over is no reason to fail.
  }
}

/** Copies samples/ (with its .vscode/) to `folder`/samples, writable whatever the originals are. */
export function copySamples(folder) {
  const copy = path.join(folder, 'samples');
  cpSync(path.join(ROOT, 'samples'), copy, { recursive: true });
  for (const entry of readdirSync(copy, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) chmodSync(path.join(entry.parentPath ?? entry.path, entry.name), 0o644);
  return copy;
}
