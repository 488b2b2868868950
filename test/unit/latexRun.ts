import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const hasLatex = (): boolean => spawnSync('pdflatex', ['--version']).status === 0;

/** What LaTeX has done with a document: the faults it names, and the files around it that it has made or read. */
export interface Set {
  readonly status: number | null;
  readonly faults: readonly string[];
  /** Names in the folder besides the document's own. */
  readonly made: readonly string[];
  /** Files that it has read besides its own and those of its installation. */
  readonly read: readonly string[];
}

/** Has pdfLaTeX set a document where it may do all that a document can ask for: run programs, and read any file. */
export function setByLatex(document: string): Set {
  const folder = mkdtempSync(path.join(tmpdir(), 'neuron-latex-'));
  try {
    writeFileSync(path.join(folder, 'm.tex'), document);
    const { status, stdout } = spawnSync(
      'pdflatex',
      ['-interaction=nonstopmode', '-shell-escape', '-recorder', 'm.tex'],
      {
        cwd: folder,
        encoding: 'utf8',
        timeout: 60_000,
        env: { ...process.env, openin_any: 'a', openout_any: 'a' },
      },
    );
    const inputs = readFileSync(path.join(folder, 'm.fls'), 'utf8').matchAll(/^INPUT (.*)$/gm);
    return {
      status,
      faults: stdout.match(/^!.*$/gm) ?? [],
      made: readdirSync(folder).filter((name) => !/^m\.(tex|aux|log|pdf|fls)$/.test(name)),
      read: [...new Set(Array.from(inputs, ([, file]) => file))].filter(
        (file) => !/^m\.|\/tex[^/]*\/|\/\.?texlive/.test(file.replace('./', '')),
      ),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
