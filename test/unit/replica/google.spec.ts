import { startReplica, type Replica } from '../../replica/replica.ts';

const TILE = /data-attrid="images universal" data-docid="([\w-]{14})"/g;
const RECORD = /\[0,"([\w-]{14})",\["http/g;

const ids = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, id]) => id ?? '');

/** The results part of a page, without the side panel. */
const resultsOf = (html: string): string => html.split('role="dialog"')[0] ?? '';

describe('the Google of the replica', () => {
  let replica: Replica;

  beforeAll(async () => {
    replica = await startReplica({ searchLatencyMs: [0, 2], ceiling: 250, slowMs: 150 });
  });

  afterAll(() => replica.close());

  const ask = (query: string, more = ''): Promise<Response> =>
    fetch(`${replica.googleUrl}/search?q=${encodeURIComponent(query)}&udm=2${more}`);
  const page = async (query: string, more = ''): Promise<string> => (await ask(query, more)).text();
  const impatient = (scenario: string, ms: number): Promise<Response> =>
    fetch(`${replica.googleUrl}/search?q=oak+scenario:${scenario}&udm=2`, {
      signal: AbortSignal.timeout(ms),
    });
  const known = (query: string): string[] => replica.entries(query).map(({ docId }) => docId);

  it('shows a hundred tiles in #rso, each with its record twice, and twelve related tiles without records', async () => {
    const html = await page('oak');
    const [results = '', beside = ''] = html.split('role="dialog"');
    expect(ids(results, TILE)).toEqual(known('oak').slice(0, 100));
    expect(ids(beside, TILE)).toHaveLength(12);
    expect(ids(html, RECORD).toSorted()).toEqual(
      known('oak')
        .slice(0, 100)
        .flatMap((id) => [id, id])
        .toSorted(),
    );
  });

  it('writes records with height before width, and with escapes that only a JSON parser reads', async () => {
    const html = await page('oak');
    const data = /var m=(\{.*?\});var a=m/.exec(html)?.[1] ?? '{}';
    const entry = replica.entries('oak')[0];
    const record = Object.values(JSON.parse(data) as Record<string, unknown[]>).find(
      (value) => value[1] === entry?.docId,
    );
    expect(data).toContain(String.raw`\u003d`);
    expect(data).not.toMatch(/[=&<]/);
    expect(record?.[3]).toEqual([entry?.url, entry?.height, entry?.width]);
    expect(record?.[9]).toMatchObject({
      '2003': { '2': entry?.pageUrl, '3': entry?.title, '12': entry?.site },
    });
  });

  it('never uses a class name twice', async () => {
    const [once, again] = [await page('oak'), await page('oak')].map(
      (html) => /class="([\w-]+) ivg-i"/.exec(html)?.[1],
    );
    expect(once).toMatch(/\w/);
    expect(again).not.toBe(once);
  });

  it('gives further pages in steps of ten until the results end', async () => {
    const [second, third, fourth] = [
      await page('oak', '&start=10'),
      await page('oak', '&start=20'),
      await page('oak', '&start=30'),
    ];
    expect(ids(resultsOf(second), TILE)).toEqual(known('oak').slice(100, 200));
    expect(ids(resultsOf(third), TILE)).toEqual(known('oak').slice(200));
    expect([second, third, fourth].map((html) => html.includes('aria-label="More results"'))).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('gives the next batch to the page’s script as tiles and data', async () => {
    const batch = JSON.parse(await page('oak', '&asearch=arc&start=20'));
    expect(ids(batch.html, TILE)).toHaveLength(50);
    expect(batch.hasMore).toBe(false);
    expect(ids(JSON.stringify(batch.data), RECORD)).toHaveLength(100);
  });

  it('calls AF_initDataCallback in the layout of 2022, with one record each', async () => {
    const html = await page('oak scenario:layout-2022');
    expect(html).toContain("AF_initDataCallback({key: 'ds:1'");
    expect(html.match(/class="isv-r /g)).toHaveLength(100);
    expect(ids(html, RECORD)).toEqual(known('oak scenario:layout-2022').slice(0, 100));
    expect(html).not.toContain('id="rso"');
  });

  it('has each record once, headings and some imgres links in the layout of 2024', async () => {
    const html = await page('oak scenario:layout-2024');
    expect(ids(html, RECORD)).toEqual(known('oak scenario:layout-2024').slice(0, 100));
    expect(resultsOf(html).match(/\/imgres\?/g)).toHaveLength(9);
    expect(html.match(/<h3/g)?.length).toBeGreaterThanOrEqual(100);
  });

  it('names originals only in the panel in the scenario without file addresses', async () => {
    const query = 'oak scenario:panel-only';
    const [, entry] = replica.entries(query);
    const html = await page(query);
    expect(ids(html, RECORD)).toEqual([]);
    expect(html).not.toContain(entry?.url);
    const panel = await fetch(
      `${replica.googleUrl}/async/panel?q=${encodeURIComponent(query)}&docid=${entry?.docId}`,
    );
    expect(JSON.parse(await panel.text()).content).toContain(`<img src="${entry?.url}"`);
  });

  it('lets a visitor who rejected pass the consent wall, and counts the rejection', async () => {
    const wall = await ask('oak scenario:consent');
    const html = await wall.text();
    expect(new URL(wall.url).pathname).toBe('/consent/ml');
    expect(
      [html.match(/name="set_eom" value="true"/g), html.match(/name="set_sc"/g)].map((m) => m?.length),
    ).toEqual([2, 2]);
    const to = new URL(wall.url).searchParams.get('continue') ?? '';
    const answer = await fetch(`${replica.googleUrl}/consent/save`, {
      method: 'POST',
      body: new URLSearchParams({ set_eom: 'true', continue: to }),
      redirect: 'manual',
    });
    const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
    const results = await fetch(answer.headers.get('location') ?? '', { headers: { cookie } });
    expect(ids(await results.text(), TILE)).toHaveLength(112);
    expect(replica.stats()).toMatchObject({ consentRejected: 1, consentAccepted: 0 });
  });

  it('counts a visitor who accepts at the consent wall', async () => {
    await fetch(`${replica.googleUrl}/consent/save`, {
      method: 'POST',
      body: new URLSearchParams({ set_eom: 'false', set_sc: 'true', set_aps: 'true', continue: '/' }),
      redirect: 'manual',
    });
    expect(replica.stats().consentAccepted).toBe(1);
  });

  it.each([
    ['captcha', 429, 'id="captcha-form"'],
    ['soft-block', 200, '/httpservice/retry/enablejs'],
    ['no-results', 200, 'did not match any documents'],
    ['changed-layout', 200, '<x-gallery>'],
    ['server-error', 503, 'unavailable'],
  ])('shows neither tiles nor records in the scenario %s', async (scenario, status, sign) => {
    const answer = await ask(`oak scenario:${scenario}`);
    const html = await answer.text();
    expect([answer.status, ids(html, TILE), ids(html, RECORD)]).toEqual([status, [], []]);
    expect(html).toContain(sign);
  });

  it('blocks after the first page in the scenario block-midway', async () => {
    const first = await ask('oak scenario:block-midway');
    const second = await ask('oak scenario:block-midway', '&start=10');
    expect([first.status, second.status, new URL(second.url).pathname]).toEqual([200, 429, '/sorry/index']);
  });

  it('answers late in the scenario slow, and never in time in the scenario hang', async () => {
    await expect(impatient('slow', 100)).rejects.toThrow(/timeout/);
    await expect(impatient('slow', 20_000)).resolves.toMatchObject({ status: 200 });
    await expect(impatient('hang', 300)).rejects.toThrow(/timeout/);
  });

  it('resets the connection in the scenario reset', async () => {
    await expect(ask('oak scenario:reset')).rejects.toThrow('fetch failed');
  });

  it('reports no internal error', () => {
    expect(replica.stats().errors).toEqual([]);
  });
});
