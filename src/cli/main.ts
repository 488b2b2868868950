import { parseArgs } from 'node:util';
import { compare } from './compare';
import { compareAsked } from './compareOptions';
import { continuingFrom, mustGoWith } from './continued';
import { find, limitOf } from './find';
import { foldsAsked } from './folds';
import { formatNames } from '../export/formats';
import { options, optionsHelp, settingsFrom } from '../settings/commandLine';
import type { SettingKey, Settings } from '../settings/settings';
import { checkFile } from './check';
import { describeError, UsageError } from './errors';
import { exportFile } from './export';
import { goOnUnread, OutputClosed, OutputFailed, printError, printLines } from './output';
import { NO_COMMAND, notOfText, settingProblemText } from './text';
import { predict } from './predict';
import { predictOptionsOf } from './predictOptions';
import { savingOf } from './save';
import { runSavingOf } from './saveRun';
import { train } from './train';

const USAGE = `Usage: node dist/cli.js train FILE [options]
       node dist/cli.js find FILE [options] [--budget SECONDS | --candidates N]
       node dist/cli.js compare FILE --grid KEY=A,B [--seeds N] [options] [--json]
       node dist/cli.js check FILE [options] [--json]
       node dist/cli.js predict MODEL FILE [-o OUT.csv] [options] [--json]
       node dist/cli.js export MODEL --format FORMAT -o OUT [--force]
       node dist/cli.js export FILE --format torchrun -o OUT.py [options] [--force]

train: trains a shallow neural network on a CSV file, as the extension does.
find:  compares a straight line and networks by cross-validation inside the training part, and trains the simplest of the
       best anew; options that are named stay as they are.
compare: compares settings on the same folds inside the training part, and trains the simplest of the best anew.
check: says what the table is, column by column, and what is wrong with it, with line and column.
predict: gives the records of a CSV file as they are, with the predictions of a model that was saved behind them.
export: writes a model that was saved in a form to use elsewhere: ${formatNames.join(', ')};
        or, as torchrun, the training of a CSV file as a script for PyTorch, for one machine or many.

${optionsHelp()}
  --initial-parameters FILE.json  start from {"W1": [[…]], "b1": […], "W2": …, "b2": …}
  --continue MODEL                train: train this model further, up to --epochs or as many epochs again; columns and classes are its own
  --report-every N                report the costs every N epochs (default: a tenth of the epochs)
  --folds K                       train: cross-validation besides, by the same settings; each fold's score, mean ± deviation
  --repeats N                     train: so many times, each with folds and weights of its own (default: 1)
  --budget SECONDS                find: how long it may take (default: 30)
  --candidates N                  find: how many are compared, in place of a time; the same answer on every machine
  --grid KEY=A,B                  compare: a setting and its values, ; between lists; several are combined
  --try "KEY=A KEY=B"             compare: these settings together, besides a grid or without one
  --seeds N                       compare: train each with so many seeds of initial weights and batches (default: 1)
  --save FILE.neuron.json         train, find, compare: save the model that was trained
  --save-run DIR                  train, find, compare: keep the training as a run in this folder, where the extension finds it
  --weights best | last           of which epoch: the best that early stopping saw, or the last (default: what it ended with)
  --format FORMAT                 export: the form
  --table NAME                    export --format sql: the table whose rows are predicted (default: data)
  --force                         replace a file that is there
  --out, -o OUT                   predict, export: write there, whole or not at all (predict: default: standard output)
  --allow-missing NAME            predict: take a column that the file does not have as one of missing values
  --escape-formulas               predict: put an apostrophe before cells that look like formulas
  --json                          print JSON Lines instead of text
  --help                          print this

Exit status: 0 done, 1 diverged, 2 bad usage, bad input, or output that cannot be written whole;
check: 2 when the file cannot be trained on; predict: 1 when some rows have no prediction. FILE is a regular file, or - for standard input.
`;

type Values = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

/** The settings, and the keys that the options name. Throws UsageError for the first that has no valid value. */
function settingsOf(values: Values): {
  settings: Settings;
  given: readonly SettingKey[];
} {
  const read = settingsFrom(values);
  if ('problem' in read) throw new UsageError(settingProblemText(read.problem));
  return read;
}

const textOf = (value: Values[string]) => (typeof value === 'string' ? value : undefined);

const COMMANDS = ['train', 'find', 'compare', 'check'] as const;
type Command = (typeof COMMANDS)[number];
const isCommand = (text: string | undefined): text is Command => COMMANDS.some((command) => command === text);

/** The commands that take an option that is no setting. */
const TAKEN_BY: Readonly<Record<string, readonly Command[]>> = {
  ...{ save: ['train', 'find', 'compare'], weights: ['train', 'find'], folds: ['train'], repeats: ['train'] },
  ...{ grid: ['compare'], try: ['compare'], seeds: ['compare'] },
  ...{ continue: ['train'], 'save-run': ['train', 'find', 'compare'] },
  ...{ budget: ['find'], candidates: ['find'], 'report-every': ['train'], 'initial-parameters': ['train'] },
};

/** Throws UsageError for an option that another command has. */
function mustBeOf(command: Command, values: Readonly<Record<string, unknown>>): void {
  for (const [option, commands] of Object.entries(TAKEN_BY))
    if (values[option] !== undefined && !commands.includes(command))
      throw new UsageError(notOfText(option, commands));
}

async function main(args: string[]): Promise<number> {
  let file: string | undefined;
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        ...Object.fromEntries([...options.keys()].map((name) => [name, { type: 'string' as const }])),
        continue: { type: 'string' },
        'initial-parameters': { type: 'string' },
        'report-every': { type: 'string' },
        folds: { type: 'string' },
        repeats: { type: 'string' },
        budget: { type: 'string' },
        candidates: { type: 'string' },
        grid: { type: 'string', multiple: true },
        try: { type: 'string', multiple: true },
        seeds: { type: 'string' },
        save: { type: 'string' },
        'save-run': { type: 'string' },
        weights: { type: 'string' },
        force: { type: 'boolean' },
        out: { type: 'string', short: 'o' },
        'allow-missing': { type: 'string', multiple: true },
        'escape-formulas': { type: 'boolean' },
        format: { type: 'string' },
        table: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
    if (values['help'] || args.length === 0) {
      printLines(USAGE);
      return args.length === 0 ? 2 : 0;
    }
    const [command] = positionals;
    if (command === 'predict' && positionals.length === 3) {
      const [, model, table] = positionals;
      file = table;
      return await predict(model, table, predictOptionsOf(values, [model, table], settingsOf(values)));
    }
    if (command === 'export' && positionals.length === 2) {
      file = positionals[1];
      return await exportFile(file, values, () => settingsOf(values).settings);
    }
    if (!isCommand(command) || positionals.length !== 2) throw new UsageError(NO_COMMAND);
    file = positionals[1];
    const { settings, given } = settingsOf(values);
    mustBeOf(command, values);
    if (values['save'] !== undefined || values['save-run'] !== undefined) goOnUnread();
    const initialParameters = textOf(values['initial-parameters']);
    if (command === 'check') return await checkFile(file, settings, values['json'] === true);
    // Last of all that may be refused, as it makes the folder.
    const keeping = async (table: string) => ({
      saving: savingOf(values, [table]),
      savingRun: await runSavingOf(textOf(values['save-run']), table, initialParameters),
    });
    if (command === 'find')
      return await find(file, settings, {
        given,
        json: values['json'] === true,
        limit: limitOf(textOf(values['budget']), textOf(values['candidates'])),
        keeping: await keeping(file),
      });
    if (command === 'compare')
      return await compare(file, settings, {
        asked: compareAsked(values.grid ?? [], values.try ?? [], textOf(values['seeds'])),
        json: values['json'] === true,
        given,
        keeping: await keeping(file),
      });
    const continues = textOf(values['continue']);
    const from = await continuingFrom(continues, { settings, given });
    mustGoWith(continues, values);
    return await train(file, from?.settings ?? settings, {
      from,
      given,
      json: values['json'] === true,
      reportEvery: textOf(values['report-every']),
      initialParameters,
      folds: foldsAsked(textOf(values['folds']), textOf(values['repeats'])),
      saving: savingOf(values, [file, initialParameters, continues]),
      savingRun: await runSavingOf(textOf(values['save-run']), file, initialParameters),
    });
  } catch (error) {
    if (error instanceof OutputClosed) return 0;
    printError(error instanceof OutputFailed ? error.message : describeError(error, file));
    return 2;
  }
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
