import { gzipSync } from 'node:zlib';
import { openCollections } from '../../support/open-collections.js';
import {
  AnswerServer,
  type Answering,
  describeSavedPages,
  savedPage,
  type ServedAnswer,
} from '../../support/saved-pages.js';
import { NEVER } from '../../support/searching.js';
import type { Candidate } from '../../../src/jobs/candidate.js';
import type { Filters } from '../../../src/jobs/request/filters.js';

const JSON_TYPE = 'application/json';
const json = (value: unknown, headers: Readonly<Record<string, string>> = {}): ServedAnswer => ({
  type: JSON_TYPE,
  headers,
  body: JSON.stringify(value),
});

/** Searches a collection whose answers the test gives. */
async function searched(
  name: 'openverse' | 'commons',
  answering: Answering,
  filters: Filters = {},
): Promise<{ readonly candidates: Candidate[]; readonly asked: readonly URL[]; readonly error: unknown }> {
  const server = new AnswerServer(answering);
  await server.open();
  const engines = openCollections({ openverseUrl: server.url, commonsUrl: server.url });
  const candidates: Candidate[] = [];
  let error: unknown = null;
  try {
    for await (const batch of engines[name].search({ text: 'cat', filters }, NEVER))
      candidates.push(...batch);
  } catch (failure) {
    error = failure;
  } finally {
    await engines.api.onApplicationShutdown();
    server.close();
  }
  return { candidates, asked: server.asked, error };
}

const item = (id: string): object => ({
  id,
  url: `http://img.test/${id}.jpg`,
  license: 'by',
  license_version: '2.0',
});
const file = (id: number, info: object = {}): object => ({
  pageid: id,
  index: id,
  title: `File:Cat ${id}.jpg`,
  imageinfo: [{ url: `http://img.test/${id}.jpg`, ...info }],
});

describe('the API of Openverse', () => {
  it('is asked politely: by name, page by page of 20, for as many pages as it has', async () => {
    let agent: string | undefined;
    const { candidates, asked } = await searched('openverse', (url, headers) => {
      agent = headers['user-agent'];
      const page = Number(url.searchParams.get('page'));
      return json({ result_count: 240, page_count: 3, results: [item(`a${page}`), item(`b${page}`)] });
    });
    expect(candidates.map(({ sourceId }) => sourceId)).toEqual(['a1', 'b1', 'a2', 'b2', 'a3', 'b3']);
    expect(asked.map(({ searchParams }) => searchParams.get('page_size'))).toEqual(['20', '20', '20']);
    expect(agent).toMatch(/^image-job\/\d.* \(ana@example\.org\)$/);
    expect(candidates[0]?.licence).toEqual({ name: 'CC BY 2.0', url: null, credit: null });
  });

  it('is left alone, for a stated time, if its own limit delays the next question by minutes', async () => {
    const headers = {
      'x-ratelimit-limit-anon_burst': '5/hour',
      'x-ratelimit-available-anon_burst': '1',
    };
    const { candidates, asked, error } = await searched('openverse', () =>
      json({ result_count: 240, page_count: 12, results: [item('a')] }, headers),
    );
    expect(candidates).toHaveLength(1);
    expect(asked).toHaveLength(1);
    expect(error).toMatchObject({
      code: 'source.blocked',
      context: { engine: 'openverse', found: 1, retryAfterMs: 720_000 },
    });
  });

  it.each([
    ['openverse', 503],
    ['openverse', 429],
    ['openverse', 500],
    ['commons', 503],
    ['commons', 429],
  ] as const)(
    'and the others are asked once where %s says %d and to come back in minutes',
    async (name, status) => {
      const { asked, error } = await searched(name, () => ({
        ...json({ detail: 'later' }, { 'retry-after': '720' }),
        status,
      }));
      expect(asked).toHaveLength(1);
      expect(error).toMatchObject({ code: 'source.blocked', context: { status, retryAfterMs: 720_000 } });
    },
  );

  it.each([401, 404])('has no more results if a further page is refused with %d', async (status) => {
    const { candidates, error } = await searched('openverse', ({ searchParams }) =>
      searchParams.get('page') === '1'
        ? json({ result_count: 9000, page_count: 20, results: [item('a')] })
        : { ...json({ detail: 'no' }), status },
    );
    expect(candidates).toHaveLength(1);
    expect(error).toBeNull();
  });

  it('is understood if it compresses its answers', async () => {
    const body = gzipSync(JSON.stringify({ page_count: 1, results: [item('a')] }));
    const { candidates } = await searched('openverse', () => ({
      type: JSON_TYPE,
      headers: { 'content-encoding': 'gzip' },
      body,
    }));
    expect(candidates).toHaveLength(1);
  });

  it('is asked again after a short requested wait', async () => {
    let times = 0;
    const { candidates, asked } = await searched('openverse', () => {
      times += 1;
      if (times === 1) return { ...json({}, { 'retry-after': '1' }), status: 429 };
      return json({ page_count: 1, results: [item('a')] });
    });
    expect(candidates).toHaveLength(1);
    expect(asked).toHaveLength(2);
  });

  it('never redirects to another private address', async () => {
    const { error } = await searched('openverse', () => ({
      ...json({}, { location: 'http://127.0.0.1:9/v1/images/' }),
      status: 302,
    }));
    expect(error).toMatchObject({
      code: 'source.unreachable',
      context: { reason: 'network.address_refused' },
    });
  });

  it('has changed if none of its results can be read, and loses single unreadable ones only', async () => {
    const renamed = { id: 'a', image_url: 'http://img.test/a.jpg' };
    const { error } = await searched('openverse', () => json({ page_count: 1, results: [renamed] }));
    expect(error).toMatchObject({ code: 'source.layout_changed' });
    const { candidates } = await searched('openverse', () =>
      json({ page_count: 1, results: [renamed, null, item('b')] }),
    );
    expect(candidates.map(({ sourceId }) => sourceId)).toEqual(['b']);
  });

  it('has changed if its answer is no JSON', async () => {
    const { error } = await searched('openverse', () => ({ type: 'text/html', body: '<html>' }));
    expect(error).toMatchObject({ code: 'source.layout_changed', context: { reason: 'no_json' } });
  });
});

describe('the API of Wikimedia Commons', () => {
  it('is asked for bitmap files, and not while its servers lag behind', async () => {
    const { asked } = await searched('commons', () =>
      json({ batchcomplete: true, query: { pages: [file(1)] } }),
    );
    expect(asked[0]?.searchParams.get('gsrsearch')).toBe('filetype:bitmap cat');
    expect(asked[0]?.searchParams.get('maxlag')).toBe('5');
    expect(asked).toHaveLength(1);
  });

  it('gives a batch when all its answers are complete, in the order of the search', async () => {
    const { candidates, asked } = await searched('commons', ({ searchParams }) => {
      const bare = { pageid: 2, index: 1, title: 'File:Cat 2.jpg' };
      if (searchParams.get('gsroffset') === '50')
        return json({ batchcomplete: true, query: { pages: { '7': file(7) } } });
      if (searchParams.get('iicontinue') === 'x')
        return json({
          batchcomplete: true,
          continue: { gsroffset: 50, continue: 'gsroffset||' },
          query: {
            pages: [
              { ...bare, imageinfo: [{ url: 'http://img.test/2.jpg' }] },
              { ...file(3), imageinfo: undefined },
            ],
          },
        });
      return json({ continue: { iicontinue: 'x', continue: '||' }, query: { pages: [file(3), bare] } });
    });
    expect(candidates.map(({ imageUrl }) => imageUrl)).toEqual([
      'http://img.test/2.jpg',
      'http://img.test/3.jpg',
      'http://img.test/7.jpg',
    ]);
    expect(asked).toHaveLength(3);
  });

  it('has changed if none of its files can be read, but not if files are only missing', async () => {
    const renamed = { pageid: 1, title: 'File:Cat.jpg', fileinfo: [{ url: 'http://img.test/1.jpg' }] };
    const of = (page: object) => () => json({ batchcomplete: true, query: { pages: [page] } });
    expect((await searched('commons', of(renamed))).error).toMatchObject({ code: 'source.layout_changed' });
    const missing = await searched('commons', of({ title: 'File:Cat.jpg', missing: true }));
    expect(missing.error).toMatchObject({ code: 'source.no_results' });
  });

  it('is read whatever else its answer contains', async () => {
    const answer = { batchcomplete: true, notices: { new: 'thing' }, query: { pages: [file(1)] } };
    expect((await searched('commons', () => json(answer))).candidates).toHaveLength(1);
    const { error } = await searched('commons', () => json({ batchcomplete: true, notices: {} }));
    expect(error).toMatchObject({ code: 'source.layout_changed' });
  });

  it('keeps the order of the search if indexes are texts', async () => {
    const pages = [3, 10, 2].map((id) => ({ ...file(id), index: String(id) }));
    const { candidates } = await searched('commons', () => json({ batchcomplete: true, query: { pages } }));
    expect(candidates.map(({ sourceId }) => sourceId)).toEqual(['2', '3', '10']);
  });

  it('ends if it repeats itself for ever', async () => {
    const { candidates, asked } = await searched('commons', () =>
      json({ continue: { gucontinue: 'x', continue: '||imageinfo' }, query: { pages: [file(1)] } }),
    );
    expect(candidates).toHaveLength(1);
    expect(asked).toHaveLength(2);
  });

  it.each([
    ['maxlag', 'source.unreachable'],
    ['ratelimited', 'source.blocked'],
    ['badvalue', 'source.layout_changed'],
  ])('says in an error %s that it is %s', async (code, failure) => {
    const { error } = await searched('commons', () => json({ error: { code, info: 'words' } }));
    expect(error).toMatchObject({ code: failure, context: { engine: 'commons', reason: code } });
  });

  it('makes the search wait if its servers lag behind', async () => {
    let times = 0;
    const { candidates } = await searched('commons', () => {
      times += 1;
      return times === 1
        ? json({ error: { code: 'maxlag' } }, { 'retry-after': '1' })
        : json({ batchcomplete: true, query: { pages: [file(1)] } });
    });
    expect(candidates).toHaveLength(1);
  });

  it('is filtered for files that are not for everybody unless the request wants them', async () => {
    const nude = { extmetadata: { Categories: { value: 'Cats|Nude_women' } } };
    const answer = () => json({ batchcomplete: true, query: { pages: [file(1), file(2, nude)] } });
    expect((await searched('commons', answer)).candidates.map(({ rank }) => rank)).toEqual([1]);
    expect((await searched('commons', answer, { safe: 'off' })).candidates).toHaveLength(2);
  });
});

describeSavedPages('answers of Openverse and Commons', () => {
  it('give all 3 of Openverse', async () => {
    const page = savedPage('openverse', '2024-01_images_q-cat_cc0_excerpt.json');
    const { candidates } = await searched('openverse', () => ({ type: JSON_TYPE, body: page }));
    expect(candidates).toHaveLength(3);
    expect(candidates[0]).toMatchObject({
      imageUrl: 'https://live.staticflickr.com/4642/38268795194_5861fd8b96_b.jpg',
      pageUrl: 'https://www.flickr.com/photos/105675854@N04/38268795194',
      site: 'flickr',
      claimed: { width: 1024, height: 768 },
      licence: {
        name: 'CC0 1.0',
        url: 'https://creativecommons.org/publicdomain/zero/1.0/',
        credit: 'koiest',
      },
    });
  });

  it.each([
    ['imageinfo_allimages_raw.json', 28],
    ['imageinfo_with-continue.json', 9],
    ['single_page_image.json', 1],
  ])('give all of %s', async (name, count) => {
    const saved: unknown = JSON.parse(savedPage('commons', name));
    const isAnswer = typeof saved === 'object' && saved !== null && 'query' in saved;
    const answer = isAnswer ? saved : { batchcomplete: '', query: { pages: [saved] } };
    const { candidates } = await searched('commons', () => json(answer));
    expect(candidates).toHaveLength(count);
    const lacking = candidates.filter(
      ({ imageUrl, pageUrl, title, claimed, licence }) =>
        !imageUrl?.startsWith('https://upload.wikimedia.org/') ||
        !pageUrl?.startsWith('https://commons.wikimedia.org/') ||
        !title ||
        claimed === null ||
        licence?.name === null ||
        /[<>]|&\w+;/.test(`${title}${licence?.credit}`),
    );
    expect(lacking).toEqual([]);
  });

  it('give licences, with a page for each that has one', async () => {
    const saved: unknown = JSON.parse(savedPage('commons', 'imageinfo_allimages_raw.json'));
    const { candidates } = await searched('commons', () => json(saved));
    const names = new Set(candidates.map(({ licence }) => licence?.name));
    expect([...names].toSorted()).toContain('Public domain');
    const inPublic = candidates.filter(({ licence }) => licence?.name === 'Public domain');
    expect(new Set(inPublic.map(({ licence }) => licence?.url))).toEqual(new Set([null]));
    const others = candidates.filter(({ licence }) => licence?.name?.startsWith('CC BY'));
    expect(others.every(({ licence }) => licence?.url?.startsWith('http'))).toBe(true);
  });
});
