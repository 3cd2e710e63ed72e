import type { Features } from '../../imaging/similarity/features.js';
import { coarseLikeness, isSamePicture } from '../../imaging/similarity/same-picture.js';

/** Maximum comparisons per picture: a job may find hundreds of the same pattern. */
const MOST_COMPARED = 6;

/** Something with a picture; without features, nothing is known about its looks. */
interface WithFeatures {
  readonly features: Features | null;
}

/** The copies of a picture, looked for among the most similar ones of `all`. */
export function copiesAmong<T extends WithFeatures>(all: readonly T[], features: Features): T[] {
  const near = all.flatMap((one) => {
    const likeness = one.features === null ? null : coarseLikeness(one.features, features);
    return one.features === null || likeness === null ? [] : [{ one, features: one.features, likeness }];
  });
  const likeliest = near.toSorted((a, b) => b.likeness - a.likeness).slice(0, MOST_COMPARED);
  return likeliest.filter((found) => isSamePicture(found.features, features)).map(({ one }) => one);
}
