/** What counts as a CSV file. Conditions in package.json are held against this by a test. */
import * as path from 'node:path';

const LANGUAGES = ['csv', 'tsv'];
const NAME = /\.(csv|tsv)(\.gz)?$/i;
/** Globs have no flag for upper and lower case. */
const ANY_CASE = '*.{[cC][sS][vV],[tT][sS][vV]}';

/** Whether a file is a CSV by its name, packed ones included. */
export const isCsvName = (file: string): boolean => NAME.test(file);

/** Whether a document is a CSV: by language or, as other extensions rename languages, by name. */
export const isCsv = ({
  languageId,
  uri,
}: {
  readonly languageId: string;
  readonly uri: { readonly path: string };
}): boolean => LANGUAGES.includes(languageId) || isCsvName(path.posix.basename(uri.path));

/** What VS Code shows CodeLenses and quick fixes for: CSV files that an editor can show. */
export const csvSelector = [...LANGUAGES.map((language) => ({ language })), { pattern: `**/${ANY_CASE}` }];

/** Finds CSV files in the folders that are open. */
export const CSV_GLOBS = [`**/${ANY_CASE}`, `**/${ANY_CASE}.[gG][zZ]`];

/** When VS Code's menus have our commands. */
export const CSV_CONDITION = [
  `resourceFilename =~ ${NAME.toString()}`,
  ...LANGUAGES.map((language) => `resourceLangId == ${language}`),
].join(' || ');
