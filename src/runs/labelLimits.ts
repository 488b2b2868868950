/** Names of runs are cut to this many characters. */
export const LONGEST_NAME = 80;
export const LONGEST_NOTE = 500;
