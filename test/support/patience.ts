/** A deadline against hanging only, slightly below Jest's test timeout: generous even on a busy machine. */
export const PATIENCE_MS = 80_000;
