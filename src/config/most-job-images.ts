import type { Settings } from './settings.js';

/** Most images all searches of a job may ask for together: MAX_JOB_IMAGES, by default MAX_IMAGES. */
export function mostJobImages({
  maxJobImages,
  maxImages,
}: Pick<Settings, 'maxJobImages' | 'maxImages'>): number {
  return maxJobImages ?? maxImages;
}
