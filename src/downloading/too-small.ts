import type { ClaimedSize } from '../jobs/candidate.js';
import type { KeptFile } from '../jobs/image-record.js';

/** Smaller than this are icons and stand-ins. */
const ICON_PX = 32;
const STAND_IN_FACTOR = 4;

/**
 * Whether an image is no picture but a dot, or an icon that stands in for the large one that was claimed. Small
 * images that never claimed to be larger are fine.
 */
export function isTooSmall(file: Pick<KeptFile, 'width' | 'height'>, claimed: ClaimedSize | null): boolean {
  if (Math.min(file.width, file.height) < 2) return true;
  const longestPx = Math.max(file.width, file.height);
  const claimedPx = claimed === null ? 0 : Math.max(claimed.width, claimed.height);
  return longestPx < ICON_PX && claimedPx >= STAND_IN_FACTOR * longestPx;
}
