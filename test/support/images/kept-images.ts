import { createHash } from 'node:crypto';
import type { Candidate } from '../../../src/jobs/candidate.js';
import type { ImageFormat } from '../../../src/jobs/image-record.js';
import type { KeptImage } from '../../../src/zipping/kept-image.js';
import { sampleCandidate } from '../sample-jobs.js';

/** The kept image at `position`, with a file of these `bytes`. */
export function keptImage(
  position: number,
  bytes: Buffer,
  candidate: Partial<Candidate> = {},
  format: ImageFormat = 'jpeg',
): KeptImage {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return {
    urlHash: position.toString(16).padStart(32, '0'),
    position,
    candidate: sampleCandidate(position + 1, candidate),
    outcome: {
      status: 'kept',
      file: { sha256, format, width: 800, height: 600, bytes: bytes.length, fingerprint: '0'.repeat(16) },
    },
  };
}
