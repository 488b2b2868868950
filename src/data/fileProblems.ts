/** No arguments. */
type Nothing = Record<never, never>;

/** What can be wrong with a file, its lines and its header. */
export interface FileProblems {
  'empty-file': Nothing;
  'binary-file': Nothing;
  'unknown-encoding': { readonly encoding: string };
  'unknown-delimiter': { readonly delimiter: string };
  'unknown-quote': { readonly quote: string };
  'no-rows': Nothing;
  'unterminated-quote': Nothing;
  'text-after-quote': Nothing;
  'inner-quote': Nothing;
  'ragged-row': { readonly cells: number; readonly expected: number; readonly like: 'header' | 'first row' };
  'mended-row': {
    readonly how: 'header has other delimiter' | 'other delimiter' | 'trailing delimiters' | 'apostrophes';
  };
  'header-mismatch': ShortNames;
  'doubtful-header': Nothing;
  'words-in-numbers': Nothing;
  'repeated-header': Nothing;
  preamble: Nothing;
  footer: Nothing;
  comments: { readonly lines: number };
  'rows-left-out': { readonly rows: number };
  'no-row-on-line': { readonly line: number };
  'duplicate-header': { readonly name: string; readonly column: string };
  'zero-bytes': { readonly where: 'rows' | 'cell' };
  'broken-character': Nothing;
  /** `fits`: whether what is read makes words of a language. */
  'guessed-encoding': { readonly encoding: string; readonly fits: boolean };
  /** A text with the sign that stands for a character that was lost. */
  'lost-characters': { readonly text: string };
  'suspicious-encoding': { readonly text: string };
  'row-too-long': { readonly megabytes: number };
  /** A column without a name; `column` is what it is called instead. */
  'unnamed-column': { readonly column: string };
  'no-table': NoTable;
  /** A line of JSON Lines that is no row: a value of it, called `name`, is a list or an object, or it is no object at all. */
  'no-json-row': { readonly why: 'nested' | 'broken'; readonly name: string };
  'names-above': { readonly how: 'comment' | 'ARFF' | 'two lines' | 'JSON Lines' };
  'short-header': { readonly names: number; readonly cells: number };
  /** A header with a name fewer than the rows have cells, whose first column is taken for names of rows. */
  'row-names': ShortNames;
  'second-header': Nothing;
  'rule-line': Nothing;
  'quote-in-cell': Nothing;
  /** `times` in each line. */
  'unsplit-lines': { readonly separator: string; readonly times: number };
}

/** What a file is that is no table. `name`: of the format, or what a server answered. */
export interface NoTable {
  readonly kind:
    | ('web page' | 'server error' | 'pointer' | 'workbook' | 'archive' | 'packed' | 'store' | 'document')
    | ('text' | 'LIBSVM' | 'sparse ARFF' | 'log');
  readonly name: string;
}

/** `divided`: the name of numbers whose decimal commas may have divided them. */
interface ShortNames {
  readonly names: number;
  readonly cells: number;
  readonly divided?: string;
}
