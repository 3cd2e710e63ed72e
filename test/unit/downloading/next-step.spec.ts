import { showsImagesToCrawlersOnly } from '../../../src/downloading/fetching/crawlers-only.js';
import { type NextStep, stepAfter } from '../../../src/downloading/attempts/next-step.js';
import { refererFor } from '../../../src/downloading/fetching/referer.js';
import { Rejection } from '../../../src/jobs/rejection.js';
import { featuresOf } from '../../../src/imaging/similarity/features.js';
import { fingerprintOf } from '../../../src/imaging/similarity/fingerprint.js';
import { type ImageTask, imageTask, nextFallback } from '../../../src/downloading/attempts/download-task.js';
import type { Candidate } from '../../../src/jobs/candidate.js';
import { recordOf } from '../../support/collecting.js';

const PLAN = { limits: { maxRetries: 2, maxRetryAfterMs: 5000, backoffMs: 100 }, random: () => 0 };
const PAGE = 'https://site.test/page?id=1';

function task(changes: Partial<Candidate> = {}): ImageTask {
  const record = recordOf('https://cdn.test/a.jpg', 0);
  const candidate = { ...record.candidate, pageUrl: PAGE, previewUrl: 'https://t.test/1', ...changes };
  const made = imageTask({ ...record, candidate });
  if (made === null) throw new Error('no address');
  return made;
}

function onTrail(others: readonly string[]): ImageTask {
  const features = featuresOf(fingerprintOf(new Uint8Array(64 * 64 * 4), 1));
  if (features === null) throw new Error('no features');
  const why = new Rejection('http_status', '404');
  const next = nextFallback({ record: task().record, why, wanted: { features, leastPx: 1 }, others });
  if (next === null) throw new Error('nothing to try');
  return next;
}

const after = (from: ImageTask, rejection: Rejection): NextStep => stepAfter(from, rejection, PLAN);

describe('stepAfter', () => {
  it('retries temporary failures, and pauses the host if it asked for that', () => {
    const step = after(task(), new Rejection('rate_limited', '429', 1000));
    expect(step).toMatchObject({ kind: 'again', waitMs: 1000, pausesHost: true, task: { retries: 1 } });
    const lost = after(task(), new Rejection('unreachable', 'ECONNRESET', 0));
    expect(lost).toMatchObject({ kind: 'again', waitMs: 50, pausesHost: false, task: { kind: 'image' } });
  });

  it.each(['401', '403'])('names the page to a host that answers %s, once', (status) => {
    const refused = new Rejection('http_status', status);
    const step = after(task(), refused);
    expect(step).toMatchObject({ kind: 'again', task: { kind: 'image', withReferer: true } });
    expect(after({ ...task(), withReferer: true }, refused)).toMatchObject({ task: { kind: 'page' } });
  });

  it.each(['not_an_image', 'placeholder', 'thumbnail_instead', 'too_small'] as const)(
    'names the page to a host that sends something else: %s',
    (reason) => {
      const step = after(task(), new Rejection(reason));
      expect(step).toMatchObject({ kind: 'again', task: { kind: 'image', withReferer: true } });
      expect(after(task({ pageUrl: null }), new Rejection(reason))).toMatchObject({ kind: 'rejected' });
    },
  );

  it.each([
    'http_status',
    'timeout',
    'not_an_image',
    'thumbnail_instead',
    'placeholder',
    'broken_image',
  ] as const)('reads the page after %s', (reason) => {
    expect(after({ ...task(), withReferer: true }, new Rejection(reason))).toMatchObject({
      kind: 'again',
      task: { kind: 'page', url: PAGE, host: 'site.test' },
    });
  });

  it.each(['near_duplicate', 'exact_duplicate', 'opted_out', 'filter_mismatch', 'too_large'] as const)(
    'leaves the page alone after %s',
    (reason) => {
      expect(after(task(), new Rejection(reason))).toMatchObject({
        kind: 'rejected',
        rejection: { reason },
      });
    },
  );

  it.each([{ pageUrl: null }, { previewUrl: null }])(
    'rejects if page or preview is unknown: %j',
    (without) => {
      expect(after(task(without), new Rejection('http_status', '404'))).toMatchObject({ kind: 'rejected' });
    },
  );

  it('tries one image of a page after the other, and ends with the original reason', () => {
    const first = onTrail(['https://site.test/1.jpg', 'https://site.test/2.jpg']);
    expect(first.record.candidate).toMatchObject({ imageUrl: 'https://site.test/1.jpg', foundBy: 'page' });
    const second = after(first, new Rejection('another_picture'));
    expect(second).toMatchObject({ kind: 'again', task: { url: 'https://site.test/2.jpg' } });
    const end = after(onTrail(['https://site.test/2.jpg']), new Rejection('another_picture'));
    expect(end).toMatchObject({
      kind: 'rejected',
      record: { candidate: { imageUrl: 'https://cdn.test/a.jpg' } },
      rejection: { reason: 'http_status', detail: '404' },
    });
  });

  it('ends with the image that it looked for, good or not', () => {
    const found = onTrail(['https://site.test/1.jpg', 'https://site.test/2.jpg']);
    expect(after(found, new Rejection('near_duplicate'))).toMatchObject({
      kind: 'rejected',
      record: { candidate: { imageUrl: 'https://site.test/1.jpg' } },
      rejection: { reason: 'near_duplicate' },
    });
  });
});

describe('refererFor', () => {
  it.each([
    ['https://a.test/p/q?x=1#y', 'https://b.test/i.jpg', 'https://a.test/p/q'],
    ['http://a.test/', 'http://b.test/i.jpg', 'http://a.test/'],
    ['https://a.test/p', 'http://b.test/i.jpg', null],
    ['data:text/html,x', 'http://b.test/i.jpg', null],
    ['nonsense', 'http://b.test/i.jpg', null],
    [null, 'http://b.test/i.jpg', null],
  ])('sends %s to %s as %s', (page, image, referer) => expect(refererFor(page, image)).toBe(referer));
});

describe('showsImagesToCrawlersOnly', () => {
  it.each(['lookaside.fbsbx.com', 'lookaside.instagram.com:443', 'www.tiktok.com', 'tiktok.com'])(
    'knows %s',
    (host) => expect(showsImagesToCrawlersOnly(host)).toBe(true),
  );

  it.each(['example.com', 'nottiktok.com', 'tiktok.com.example.org', 'my-lookaside.com'])(
    'lets %s pass',
    (host) => expect(showsImagesToCrawlersOnly(host)).toBe(false),
  );
});
