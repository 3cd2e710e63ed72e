import fc from 'fast-check';
import type { ImageOutcome } from '../../../src/jobs/image-record.js';
import type { JobId, Outcome, Recipient } from '../../../src/jobs/job.js';
import type { NoticeResult } from '../../../src/jobs/notice.js';
import { ANN, BOB, failed, handedBack, HOUR_MS, KEPT, NOW, ready } from './samples.js';

const PEOPLE: readonly Recipient[] = [ANN, BOB, { channel: 'email', address: 'ünï@exämple.org' }];

/** Instants around now, in different hours and days. */
export const anInstant = fc.constantFrom(
  ...[-3 * HOUR_MS, -1, 0, 1, 5000, HOUR_MS, HOUR_MS + 1, 26 * HOUR_MS].map((offset) => NOW + offset),
);

/** Instants to claim a notice: mostly when all notices are due. */
export const aClaimInstant = fc.constantFrom(NOW, NOW + 100 * HOUR_MS, NOW + 100 * HOUR_MS);

/** Instants to read keyed entries: before, at and after their expiry. */
export const aLookInstant = fc.constantFrom(NOW, NOW + 1.5 * HOUR_MS, NOW + 2 * HOUR_MS);

/** Offsets from the correct epoch. */
export const anEpochError = fc.constantFrom(0, 0, 0, 0, 0, 0, -1, 1);

/** Recipients of a job. */
export const somePeople = fc.constantFrom(PEOPLE, PEOPLE.slice(1), []);

/** Any well-formed text. */
export const aText = fc.string({ unit: 'binary', maxLength: 12 });

/** Outcomes of a run. */
export const anOutcome: fc.Arbitrary<(id: JobId, epoch: number) => Outcome> = fc.oneof(
  anInstant.map(
    (at) =>
      (id: JobId, epoch: number): Outcome =>
        ready({ id, epoch }, at),
  ),
  anInstant.map((at) => (): Outcome => failed(at)),
  fc.tuple(anInstant, fc.boolean()).map((given) => (): Outcome => handedBack(...given)),
);

/** Positions of images with their outcomes; some positions repeat. */
export const someImages = fc.array(
  fc.tuple(
    fc.nat({ max: 4 }),
    fc.constantFrom<ImageOutcome>({ status: 'found' }, KEPT, {
      status: 'rejected',
      reason: 'timeout',
      detail: null,
    }),
  ),
  { maxLength: 6 },
);

/** Results of a claimed notice. */
export const aResult: fc.Arbitrary<NoticeResult> = fc.oneof(
  fc.constant({ status: 'sent' as const }),
  fc.record({ status: fc.constant('refused' as const), detail: aText }),
  fc.record({ status: fc.constant('pending' as const), notBefore: anInstant, detail: aText }),
);

/** Items of keyed entries. */
export const anItem = fc.constantFrom('', 'a', 'A', 'ä', '狐');

/** Keyed entries; expiries are in the future, because real stores use real clocks. */
export const anEntry = fc.record({
  item: anItem,
  value: aText,
  expiresAt: fc.constantFrom(null, NOW + HOUR_MS, NOW + 2 * HOUR_MS),
});
