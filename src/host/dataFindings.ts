import * as vscode from 'vscode';
import { curvePoint } from '../core/history';
import { tableCodes } from '../core/verdicts/checkCodes';
import { isOfData, runFindings, type RunFinding } from '../core/verdicts/runChecks';
import type { Problem } from '../data/problems';
import { findingText, runAdvice } from '../sentences/runs';
import type { Session } from '../session/session';
import { safeText } from './safeText';

/** The problems of a table but those that are checks of a training too and are muted. */
export function unmuted(problems: readonly Problem[], muted: readonly string[]): Problem[] {
  const isMuted = (code: string) => muted.includes(code) && tableCodes.some((told) => told === code);
  return problems.filter(({ code }) => !isMuted(code));
}

/** What the checks of a training find of its table, for VS Code's Problems: one a code. */
export function dataFindings(
  session: Session | undefined,
  muted: readonly string[],
  source: string,
): vscode.Diagnostic[] {
  return (session ? findingsOf(session) : [])
    .filter(({ code }) => isOfData(code) && !muted.includes(code))
    .map((finding) => {
      const line = finding.code === 'beyond-training' ? finding.args.line - 1 : 0;
      const text = `${findingText(finding)} ${runAdvice(finding.code, (key) => `neuronLens.${key}`)}`;
      const range = new vscode.Range(line, 0, line, 1);
      const diagnostic = new vscode.Diagnostic(range, safeText(text), vscode.DiagnosticSeverity.Information);
      diagnostic.source = source;
      diagnostic.code = finding.code;
      return diagnostic;
    });
}

function findingsOf(session: Session): RunFinding[] {
  const { dataset, network, measure, plain, points, diverged, learningRate, rows, model, baselines } =
    session;
  if (!dataset || !network || !measure) return [];
  const isAhead = measure.epoch > (points.at(-1)?.epoch ?? -1);
  const isOver = session.status === 'finished' || session.status === 'stopped';
  return runFindings({
    ...{ curve: isAhead ? [...points, curvePoint(measure)] : points, diverged, network, learningRate, rows },
    initialization: plain['model.initialization'],
    patience: plain['training.earlyStopping.patience'],
    table: { ...dataset, isRegression: session.isRegression },
    over: isOver
      ? {
          ...{ isAtEnd: measure.epoch >= session.epochs, baselines, model },
          isBalanced: plain['training.classWeights'] === 'balanced',
        }
      : null,
  });
}
