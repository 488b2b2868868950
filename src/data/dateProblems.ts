/** What can be doubtful in dates and times. `column` is the column, `text` the text of its cell. */
export interface DateProblems {
  /** Years of two digits among years of four, or after 99, where they begin again at 00. */
  'mixed-years': {
    readonly column: string;
    readonly text: string;
    readonly like: string;
    readonly count: number;
    readonly wraps?: true;
  };
  /** What a spreadsheet may have made a date of, and a range, or a name, beside it. */
  'range-as-date': {
    readonly column: string;
    readonly text: string;
    readonly like: string;
    readonly of: 'range' | 'name';
    readonly count: number;
  };
  /** `why`: it says that there is none, there is no such day or time, or it is any other text. */
  'text-in-dates': {
    readonly column: string;
    readonly text: string;
    readonly cells: number;
    readonly why: 'none' | 'impossible' | 'text';
    readonly among: 'date' | 'time';
  };
  /** A number that counts days, and which day it is then. */
  'counted-dates': { readonly column: string; readonly text: string; readonly day: string };
  /** Numbers that seem to be dates, the first of them, and how they would be written. */
  'dates-in-numbers': { readonly column: string; readonly text: string; readonly format: string };
  /** Numbers that seem to be times of day, the first of them, and how they would be written. */
  'times-in-numbers': { readonly column: string; readonly text: string; readonly format: string };
  /** Times of day that may be durations, scores or ratios, or may leave out am and pm; the first of them. */
  'doubtful-times': {
    readonly column: string;
    readonly text: string;
    readonly may: 'be no times' | 'have twelve hours';
  };
  /** Dates of one form for days up to the twelfth, and of another for all later ones. */
  'swapped-dates': { readonly column: string; readonly text: string; readonly like: string };
  /** A date so far from the others that it may stand for none. */
  'far-date': { readonly column: string; readonly text: string; readonly cells: number };
  /** A date that lies centuries ahead, as in the years of Buddhists, and the year that it then is. */
  'other-calendar': {
    readonly column: string;
    readonly text: string;
    readonly calendar: 'Buddhist' | 'Persian' | 'Islamic';
    readonly year: number;
  };
  /** Years of two digits that lie ahead, as those of birth do not, and which day one of them is then. */
  'future-dates': { readonly column: string; readonly text: string; readonly day: string };
  /** Dates of which one has the day in front, the other the month. */
  'contrary-dates': {
    readonly column: string;
    readonly text: string;
    readonly like: string;
    readonly likeLine: number;
  };
  'undecided-dates': { readonly column: string; readonly formats: readonly string[] };
  /** The setting says that it holds dates, and nothing tells day and month apart. */
  'settled-dates': { readonly column: string; readonly format: string };
}
