import type { AppError } from '../../../src/jobs/app-error.js';
import {
  malformedChunks,
  malformedCodings,
  malformedHeads,
  malformedRedirects,
} from '../../support/network/malformed-answers.js';
import { openCollections } from '../../support/open-collections.js';
import { fc } from '../../support/properties.js';
import { answering, RawServer } from '../../support/network/raw-server.js';
import { NEVER } from '../../support/searching.js';

const BODY = Buffer.from(JSON.stringify({ text: 'no answer to any search', more: 'x'.repeat(2000) }));
const MALFORMED = [
  ...malformedHeads(BODY),
  ...malformedRedirects(),
  ...malformedChunks(BODY),
  ...malformedCodings(BODY),
];
const ENGINES = ['openverse', 'commons'] as const;

/** The end of a search whose engine gives every question this answer: a code, or null for success. */
async function endOf(name: (typeof ENGINES)[number], answer: Buffer): Promise<string | null> {
  await using server = await RawServer.start(answering(answer));
  const url = server.url('');
  const engines = openCollections({ openverseUrl: url, commonsUrl: url });
  try {
    for await (const batch of engines[name].search({ text: 'cat', filters: {} }, NEVER)) void batch;
    return null;
  } catch (error) {
    return (error as AppError).code ?? String(error);
  } finally {
    await engines.api.onApplicationShutdown();
  }
}

it.each(ENGINES)('%s fails as an engine does, whatever bytes its servers send', async (name) => {
  for (const [what, answer] of MALFORMED)
    expect([what, await endOf(name, answer)]).toEqual([what, expect.stringMatching(/^source\./)]);
});

/** Values of which some throw when they are converted to a text or a number. */
const oddValue = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(
    { toString: 1, valueOf: 1 },
    [[{ toString: null }]],
    '9'.repeat(400),
    -1,
    1e308,
    '',
  ),
);

function odd(...names: readonly string[]): fc.Arbitrary<object> {
  return fc.record(Object.fromEntries(names.map((name) => [name, oddValue])), { requiredKeys: [] });
}

const ANSWERS = {
  openverse: fc.record({
    results: fc.oneof(
      oddValue,
      fc.array(
        odd(
          'id',
          'url',
          'thumbnail',
          'title',
          'width',
          'height',
          'license',
          'license_url',
          'creator',
          'source',
        ),
      ),
    ),
    page_count: oddValue,
    result_count: oddValue,
  }),
  commons: fc.oneof(
    fc.record({ error: odd('code', 'info') }),
    fc.record({
      batchcomplete: oddValue,
      continue: fc.oneof(oddValue, odd('gsroffset', 'continue')),
      query: fc.record({
        pages: fc.oneof(
          oddValue,
          fc.array(
            fc.record({
              pageid: oddValue,
              index: oddValue,
              title: oddValue,
              imageinfo: fc.array(
                fc.record({
                  url: fc.oneof(oddValue, fc.constant('http://img.test/a.jpg')),
                  width: oddValue,
                  height: oddValue,
                  extmetadata: odd('ObjectName', 'Artist', 'LicenseShortName', 'LicenseUrl', 'Categories'),
                }),
              ),
            }),
          ),
        ),
      }),
    }),
  ),
};

it.each(ENGINES)('%s fails as an engine does, whatever JSON it answers with', async (name) => {
  await fc.assert(
    fc.asyncProperty(ANSWERS[name], async (json) => {
      const text = Buffer.from(JSON.stringify(json));
      const head = Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${text.length}\r\n\r\n`);
      expect((await endOf(name, Buffer.concat([head, text]))) ?? 'source.').toMatch(/^source\./);
    }),
    { numRuns: 60 },
  );
});
