/** Names the way a table becomes numbers: raised when the same cells and settings give others. */
export const TRANSFORM_VERSION = 1;
