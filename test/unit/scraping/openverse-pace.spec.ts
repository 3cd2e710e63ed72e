import { paceMs } from '../../../src/scraping/openverse/openverse-pace.js';

const headers = (limit: string, left: string) => ({
  'x-ratelimit-limit-anon_burst': limit,
  'x-ratelimit-available-anon_burst': left,
  'x-ratelimit-limit-anon_sustained': '200/day',
  'x-ratelimit-available-anon_sustained': '1',
});

describe('the pace of questions to Openverse', () => {
  it.each([
    ['20/min', '19', 0],
    ['20/min', '6', 0],
    ['20/min', '5', 3000],
    ['20/min', '0', 3000],
    ['100/min', '10', 600],
    ['nonsense', '0', 0],
  ])('with a limit of %s and %s left is one every %d ms', (limit, left, ms) => {
    expect(paceMs(headers(limit, left))).toBe(ms);
  });

  it('is free if the API states no limit', () => {
    expect(paceMs({})).toBe(0);
  });
});
