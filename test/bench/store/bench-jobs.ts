import { randomBytes } from 'node:crypto';
import type { ImageRecord } from '../../../src/jobs/image-record.js';
import type { NewJob, Outcome, Recipient } from '../../../src/jobs/job.js';

const DAY_MS = 86_400_000;

export const RECIPIENT: Recipient = { channel: 'email', address: 'ann@example.org' };

/** A job for one person. */
export function benchJob(dueAt: number): NewJob {
  return {
    id: randomBytes(16).toString('hex'),
    door: 'web',
    submittedAt: Date.now(),
    purgeAt: dueAt + 32 * DAY_MS,
    request: {
      query: 'red panda',
      count: 500,
      dueAt,
      startsNow: false,
      timeZone: 'Europe/Vienna',
      filters: {},
      engines: [],
      recipients: [RECIPIENT],
    },
  };
}

/** A found image, or a kept one. */
export function benchImage(position: number, isKept: boolean): ImageRecord {
  return {
    urlHash: position.toString(16).padStart(32, '0'),
    position,
    candidate: {
      engine: 'google',
      rank: position + 1,
      sourceId: `doc${position}`,
      imageUrl: `https://images.example.org/some/usual/path/${position}/picture-of-a-red-panda.jpg`,
      previewUrl: `https://thumbnails.example.org/images?q=tbn:${'x'.repeat(60)}`,
      pageUrl: `https://www.example.org/some/usual/path/to-a-page-${position}`,
      title: 'A title as pages have it',
      site: 'Example',
      claimed: { width: 1920, height: 1080 },
      licence: null,
    },
    outcome: isKept
      ? {
          status: 'kept',
          file: {
            sha256: 'ab'.repeat(32),
            format: 'jpeg',
            width: 1920,
            height: 1080,
            bytes: 200_000,
            fingerprint: 'f'.repeat(16),
          },
        }
      : { status: 'found' },
  };
}

/** The outcome of a run that delivered everything. */
export function benchOutcome(id: string, at: number): Outcome {
  return {
    state: 'ready',
    at,
    archive: { name: `${id}/1.zip`, bytes: 100_000_000, sha256: 'cd'.repeat(32) },
    delivered: 500,
    shortfall: [],
    expiresAt: at + DAY_MS,
  };
}
