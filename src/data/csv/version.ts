/** Names the way tables are read: raised when the same file and settings give other cells, so that weights are not used on them. */
export const READING_VERSION = 2;
