import { imagesInJsonLd } from '../../../src/downloading/originals/json-ld.js';
import { imagesOfPage } from '../../../src/downloading/originals/page-images.js';
import { largestOf } from '../../../src/downloading/originals/srcset.js';
import type { Candidate } from '../../../src/jobs/candidate.js';
import type { ImageRecord } from '../../../src/jobs/image-record.js';
import { Collecting, recordOf } from '../../support/collecting.js';
import { HostileServer, status, whole } from '../../support/network/hostile-server.js';
import {
  malformedChunks,
  malformedCodings,
  malformedHeads,
} from '../../support/network/malformed-answers.js';
import '../../support/quiet-logs.js';
import { answering, RawServer } from '../../support/network/raw-server.js';
import { jpeg } from '../../support/images/sample-images.js';

const ORIGINAL = await jpeg(1, 640, 400);
const THUMBNAIL = await jpeg(1, 64, 40);
const MALFORMED = [...malformedHeads(ORIGINAL), ...malformedChunks(ORIGINAL), ...malformedCodings(ORIGINAL)];
const PAGE = new URL('http://page.test/');

describe('a job with malformed pages and previews', () => {
  let good: HostileServer;
  let collecting: Collecting;
  const servers: RawServer[] = [];

  beforeEach(async () => {
    good = await HostileServer.start();
    collecting = await Collecting.start();
  });

  afterEach(async () => {
    await collecting[Symbol.asyncDispose]();
    for (const server of servers.splice(0)) await server[Symbol.asyncDispose]();
    await good[Symbol.asyncDispose]();
  });

  function record(position: number, changes: Partial<Candidate>): ImageRecord {
    const base = recordOf(null, position);
    return { ...base, candidate: { ...base.candidate, ...changes } };
  }

  async function malformedUrls(): Promise<string[]> {
    for (const [, answer] of MALFORMED) servers.push(await RawServer.start(answering(answer)));
    return servers.map((server) => server.url());
  }

  it.each([
    ['pages', (bad: string, previewUrl: string): Partial<Candidate> => ({ pageUrl: bad, previewUrl })],
    [
      'thumbnails',
      (bad: string, _good: string, pageUrl: string): Partial<Candidate> => ({ pageUrl, previewUrl: bad }),
    ],
  ])('loses only what depends on them, through its %s', async (_what, changesFor) => {
    const thumbnail = good.on('/thumbnail', whole(THUMBNAIL));
    const page = `<img src="${good.on('/original', whole(ORIGINAL))}">`;
    const pageUrl = good.on('/page', whole(Buffer.from(page), { 'content-type': 'text/html' }));
    const bad = (await malformedUrls()).map((url, index) =>
      record(index, changesFor(url, thumbnail, pageUrl)),
    );
    const fine = record(bad.length, { pageUrl, previewUrl: thumbnail });
    const { kept } = await collecting.collectRecords([...bad, fine], bad.length + 1);
    expect(kept.map(({ position }) => position)).toEqual([fine.position]);
    const others = collecting.outcomes.filter(({ position }) => position !== fine.position);
    expect(others).toHaveLength(bad.length);
    expect(
      others.every(({ outcome }) => outcome.status === 'rejected' && outcome.reason === 'no_image_url'),
    ).toBe(true);
  });

  it.each(['data:image/png;base64,AA%ZZ', 'data:image/png;base64,%E0%A4%A', 'data:image/png;base64,%'])(
    'survives the preview %s',
    async (previewUrl) => {
      const pageUrl = good.on('/page', status(404));
      await collecting.collectRecords([record(0, { pageUrl, previewUrl })], 1);
      expect(collecting.endOf(0)).toBe('no_image_url');
    },
  );
});

describe('the images of a malformed page', () => {
  const deep = (open: string, close: string): string => `${open.repeat(300_000)}${close.repeat(300_000)}`;
  const jsonLd = (text: string): string => `<script type="application/ld+json">${text}</script>`;
  const FOUND = '<img src="/a.jpg">';

  // These take minutes if the time grows with the square of the length.
  it.each([
    ['opens tags and never closes them', `${FOUND}${deep('<b>', '</i>')}`],
    ['nests tags', `${FOUND}${deep('<b>', '</b>')}`],
    ['nests pictures in pictures', `${FOUND}${deep('<svg>', '</svg>')}`],
    ['has a srcset of one address', `${FOUND}<img srcset="${'a'.repeat(1_000_000)} b c">`],
    ['has a srcset of commas', `${FOUND}<img srcset="${','.repeat(1_000_000)} b c">`],
    ['names one image again and again', FOUND.repeat(150_000)],
    ['has JSON of a million numbers', `${FOUND}${jsonLd(`[${'1,'.repeat(1_000_000)}1]`)}`],
    ['has JSON of lists in lists', `${FOUND}${jsonLd(deep('[', ']'))}`],
    ['has types that are no texts', `${FOUND}${jsonLd('{"@type":{"toString":1,"valueOf":1},"image":[]}')}`],
    ['has types of lists in lists', `${FOUND}${jsonLd(`{"@type":${deep('[', ']')}}`)}`],
  ])('are found if it %s', (_what, html) => {
    expect(imagesOfPage(html, PAGE).images.map(({ url }) => url)).toContain('http://page.test/a.jpg');
  });

  it('are found with a width that is no number', () => {
    const text = '{"@type":"ImageObject","url":"/b.jpg","width":{"value":{"toString":1}},"height":[[[]]]}';
    expect(imagesInJsonLd(text)).toEqual([{ url: '/b.jpg', width: 0, height: 0, text: '' }]);
  });

  it.each([
    ['a.jpg, b.jpg 2x', 'b.jpg'],
    ['a.jpg 100w,b.jpg 300w, c.jpg 200w', 'b.jpg'],
    [', ,a,b.jpg 1x,, c.jpg 2.5x', 'c.jpg'],
    ['a.jpg 100w 50h, b.jpg 90w', 'a.jpg'],
    ['  a.jpg,  ', 'a.jpg'],
    ['a.jpg odd, b.jpg', 'a.jpg'],
    [' , ', null],
  ])('are told apart in the srcset "%s"', (srcset, largest) => {
    expect(largestOf(srcset)?.url ?? null).toBe(largest);
  });
});
