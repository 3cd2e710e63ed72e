import fc from 'fast-check';
import type { ImageOutcome } from '../../../src/jobs/image-record.js';
import type { JobId, Outcome, Recipient } from '../../../src/jobs/job.js';
import type { NoticeResult } from '../../../src/jobs/notice.js';
import { ANN, BOB, failed, handedBack, HOUR_MS, KEPT, NOW, ready } from './samples.js';

const PEOPLE: readonly Recipient[] = [ANN, BOB, { channel: 'email', address: 'ünï@exämple.org' }];

/** Around now, across limits of hours and days. */
export const anInstant = fc.constantFrom(
  ...[-3 * HOUR_MS, -1, 0, 1, 5000, HOUR_MS, HOUR_MS + 1, 26 * HOUR_MS].map((offset) => NOW + offset),
);

/** The instant of a claim: mostly after all notices are due. */
export const aClaimInstant = fc.constantFrom(NOW, NOW + 100 * HOUR_MS, NOW + 100 * HOUR_MS);

/** The instant of a read: before, at and after expiry. */
export const aLookInstant = fc.constantFrom(NOW, NOW + 1.5 * HOUR_MS, NOW + 2 * HOUR_MS);

/** The distance of an epoch from the right one. */
export const anEpochError = fc.constantFrom(0, 0, 0, 0, 0, 0, -1, 1);

/** The recipients of a job. */
export const somePeople = fc.constantFrom(PEOPLE, PEOPLE.slice(1), []);

/** Any well-formed text. */
export const aText = fc.string({ unit: 'binary', maxLength: 12 });

/** How a run under an epoch ends. */
export const anOutcome: fc.Arbitrary<(id: JobId, epoch: number) => Outcome> = fc.oneof(
  anInstant.map(
    (at) =>
      (id: JobId, epoch: number): Outcome =>
        ready({ id, epoch }, at),
  ),
  anInstant.map((at) => (): Outcome => failed(at)),
  fc.tuple(anInstant, fc.boolean()).map((given) => (): Outcome => handedBack(...given)),
);

/** Positions of images in a job with their outcomes; some occur twice. */
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

/** The result of a claimed notice. */
export const aResult: fc.Arbitrary<NoticeResult> = fc.oneof(
  fc.constant({ status: 'sent' as const }),
  fc.record({ status: fc.constant('refused' as const), detail: aText }),
  fc.record({ status: fc.constant('pending' as const), notBefore: anInstant, detail: aText }),
);

/** Keys of the KeyedStore. */
export const anItem = fc.constantFrom('', 'a', 'A', 'ä', '狐');

/** A value of the KeyedStore; expiring ones expire only after a while, since real stores have real clocks. */
export const anEntry = fc.record({
  item: anItem,
  value: aText,
  expiresAt: fc.constantFrom(null, NOW + HOUR_MS, NOW + 2 * HOUR_MS),
});
