/** The two parts of a data set, by their folders. */
export const SPLITS = ['train', 'validation'] as const;
/** One such part. */
export type Split = (typeof SPLITS)[number];
