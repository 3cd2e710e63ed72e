/** A deadline only against hanging, a little less than a test may take: nothing good misses it on a busy machine. */
export const PATIENCE_MS = 80_000;
