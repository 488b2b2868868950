/** Names the way tables are read: raised when the same file and settings give other cells, so that weights are not used on them. */
export const READING_VERSION = 3;

/** Names the way a table becomes numbers: raised when the same cells and settings give others. */
export const TRANSFORM_VERSION = 2;
/** Versions whose transforms still mean what they meant, under today’s rules. */
export const KNOWN_VERSIONS: readonly number[] = [1, TRANSFORM_VERSION];
