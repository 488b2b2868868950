/** A record of more bytes than this is no row: a quote was not closed, or the file is no table. */
export const LONGEST_RECORD = 16 * 0x10_0000;
