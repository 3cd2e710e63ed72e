import type { OpenAPIObject } from '@nestjs/swagger';
import type { Job } from '../../../src/jobs/job.js';
import { JobPresenter } from '../../../src/presenting/job-presenter.js';
import { sampleListJob } from '../../support/sample-lists.js';
import { WebApp } from '../../support/web/web-app.js';
import { WebJobs } from '../../support/web/web-jobs.js';

const PROBLEM = 'application/problem+json; charset=utf-8';
const ASK = { query: 'red panda', count: 12 };

describe('the JSON API', () => {
  let web: WebApp;
  let jobs: WebJobs;
  beforeAll(async () => {
    web = await WebApp.start();
    jobs = new WebJobs(web);
  });
  afterAll(() => web.stop());

  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    web.fetch(path, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
  const ask = (fields: object, headers: Record<string, string> = {}) =>
    post('/jobs', JSON.stringify(fields), headers);
  const show = async ({ id }: Job) =>
    web.jobIn(await web.fetch(`/jobs/${web.tokens.publicId(id)}`, JSON_ACCEPT));
  const JSON_ACCEPT = { headers: { accept: 'application/json' } };

  it('answers a new job with 201, its address and the job as documented', async () => {
    const response = await ask({ ...ASK, date: '2027-03-01', time: '09:00', timeZone: 'Europe/Vienna' });
    expect(response.status).toBe(201);
    const job = await web.jobIn(response);
    expect(response.headers.get('location')).toBe(`/jobs/${job.id}`);
    expect(job).toEqual({
      id: expect.stringMatching(/^[\w-]{32}$/),
      state: 'scheduled',
      stage: null,
      query: 'red panda',
      count: 12,
      dueAt: '2027-03-01T08:00:00.000Z',
      startedAt: null,
      timeZone: 'Europe/Vienna',
      filters: {},
      progress: { found: 0, kept: 0, rejected: {}, bytes: 0 },
      engines: [],
      delivered: 0,
      shortfall: [],
      cause: null,
      download: null,
      links: {
        self: expect.stringContaining(`/jobs/${job.id}`),
        cancel: expect.stringContaining('/cancel'),
        retry: expect.stringContaining('/retry'),
      },
    });
    expect(await (await web.fetch(`/jobs/${job.id}`, JSON_ACCEPT)).json()).toEqual(job);
  });

  it('takes a list of searches, and answers each with its results', async () => {
    const response = await ask({
      count: 3,
      queries: ['Star Wars: A New Hope', { query: 'fox', count: 7, name: 'foxes' }],
    });
    expect(response.status).toBe(201);
    const nothing = { found: 0, kept: 0, rejected: {}, engines: [], delivered: 0, shortfall: [] };
    const job = await web.jobIn(response);
    expect(job).toMatchObject({
      query: 'Star Wars: A New Hope',
      count: 10,
      queries: [
        { query: 'Star Wars: A New Hope', name: 'Star Wars: A New Hope', count: 3, ...nothing },
        { query: 'fox', name: 'foxes', count: 7, ...nothing },
      ],
    });
    const presenter = web.app.get(JobPresenter, { strict: false });
    const ended = presenter.present(sampleListJob());
    expect(ended.progress).toEqual({ found: 7, kept: 4, rejected: { timeout: 1 }, bytes: 1_000_000 });
    expect(ended.shortfall).toEqual([
      { reason: 'search_exhausted', count: 2 },
      { reason: 'timeout', count: 1 },
    ]);
    expect(ended.queries?.[0]).toMatchObject({
      delivered: 3,
      engines: [{ engine: 'bing', message: 'Bing: 3 kept, 1 left out, 1 not needed' }],
    });
    expect(ended.queries?.[1]).toMatchObject({
      query: 'photo of a koala',
      name: 'bears',
      delivered: 1,
      shortfall: [
        { reason: 'search_exhausted', count: 2 },
        { reason: 'timeout', count: 1 },
      ],
    });
  });

  it('lists every problem of a list', async () => {
    const response = await ask({
      count: 3,
      queries: ['fox', '', { query: 'FOX', count: 0 }, 5, { name: 'x' }],
    });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      errors: [
        { field: 'queries', code: 'queries.empty' },
        { field: 'queries', code: 'queries.line', message: 'Line 3: Ask for at least 1 image.' },
        { field: 'queries', code: 'queries.not_a_query' },
        { field: 'queries', code: 'queries.empty' },
      ],
    });
  });

  it('returns filters and options of the zip in the shape of a request', async () => {
    const asked = {
      minWidth: 800,
      exactSize: '1920x1080',
      color: 'red',
      sites: ['a.example'],
      engines: ['google'],
    };
    const output = { convert: 'webp', longestSide: 640, stripMetadata: true, namePattern: '{number}' };
    const response = await ask({ ...ASK, ...asked, ...output });
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({ filters: asked, output });
    expect((await ask({ ...ASK, minWidth: 2000, exactSize: '1920x1080' })).status).toBe(422);
  });

  it('answers bad fields with problem details that name every field', async () => {
    const response = await ask({ query: '', count: 1.5, email: 'x', cuont: 3 });
    expect(response.status).toBe(422);
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(await response.json()).toMatchObject({
      type: 'about:blank',
      status: 422,
      code: 'request.invalid',
      errors: [
        { field: 'query', code: 'query.missing', message: expect.any(String) },
        { field: 'count', code: 'count.not_whole' },
        { field: 'email', code: 'email.no_at' },
        { field: 'cuont', code: 'field.unknown_near' },
      ],
    });
  });

  it.each([
    ['malformed JSON', '{"query": ', 400, 'request.malformed'],
    ['a list', '[]', 400, 'request.malformed'],
    ['a bare text', '"red panda"', 400, 'request.malformed'],
    ['too much', JSON.stringify({ query: 'x'.repeat(70_000) }), 413, 'request.too_large'],
  ])('answers %s with a problem', async (_what, body, status, code) => {
    const response = await post('/jobs', body);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ status, code });
  });

  it('refuses content that is neither a form nor JSON', async () => {
    const response = await post('/jobs', 'query=x', {
      'content-type': 'text/plain',
      accept: 'application/json',
    });
    expect(response.status).toBe(415);
  });

  it('returns the same job for the same key, and another for another key or body', async () => {
    const ids = [];
    for (const [key, count] of [
      ['a', 12],
      ['a', 12],
      ['b', 12],
      ['a', 13],
    ] as const) {
      const response = await ask({ ...ASK, count }, { 'idempotency-key': key });
      ids.push((await web.jobIn(response)).id);
    }
    expect(ids[1]).toBe(ids[0]);
    expect(new Set(ids).size).toBe(3);
    expect((await ask(ASK, { 'idempotency-key': 'x'.repeat(300) })).status).toBe(400);
  });

  it('shows a finished job with its download, and a failed one with its cause', async () => {
    const ready = await jobs.ready(Buffer.from('zip'));
    const failed = await jobs.failed('source.blocked');
    expect(await show(ready)).toMatchObject({
      state: 'ready',
      delivered: 5,
      download: {
        url: expect.stringMatching(/\/d\/[\w-]{32}\/red-panda\.zip$/),
        bytes: 3,
        sha256: ready.archive?.sha256,
      },
    });
    expect(await show(failed)).toMatchObject({
      state: 'failed',
      cause: { code: 'source.blocked', message: expect.any(String) },
    });
  });

  it('cancels, retries, extends once and deletes', async () => {
    const act = async (id: string, action: string) =>
      post(`/jobs/${web.tokens.publicId(id)}/${action}`, '{}');
    const scheduled = await jobs.scheduled();
    expect(await (await act(scheduled.id, 'cancel')).json()).toMatchObject({ state: 'cancelled' });
    const again = await web.jobIn(await act(scheduled.id, 'retry'));
    expect(again).toMatchObject({ state: 'scheduled', query: 'red panda' });
    expect(again.id).not.toBe(web.tokens.publicId(scheduled.id));
    const ready = await jobs.ready(Buffer.from('zip'));
    expect((await act(ready.id, 'extend')).status).toBe(200);
    const refused = await act(ready.id, 'extend');
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({ code: 'job.not_possible_now' });
    expect((await act(ready.id, 'delete')).status).toBe(200);
    expect((await act(ready.id, 'delete')).status).toBe(410);
  });

  it('answers unknown addresses with problem details', async () => {
    const gone = await jobs.scheduled();
    await web.store.delete(gone.id);
    const codes = [];
    for (const path of [`/jobs/${web.tokens.publicId(gone.id)}`, '/jobs/nonsense', '/nowhere']) {
      const response = await web.fetch(path, JSON_ACCEPT);
      codes.push([response.status, response.headers.get('content-type'), await response.json()]);
    }
    expect(codes).toMatchObject([
      [410, PROBLEM, { title: 'Link has expired', code: 'link.expired' }],
      [404, PROBLEM, { title: 'There is nothing here' }],
      [404, PROBLEM, { title: 'There is nothing here' }],
    ]);
  });

  it('keeps connections alive longer than proxies do', async () => {
    const { headers } = await web.fetch('/healthz');
    expect(headers.get('keep-alive')).toBe('timeout=75');
  });

  it('lists the methods of an address', async () => {
    const response = await web.fetch('/jobs', { ...JSON_ACCEPT, method: 'DELETE' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD, POST');
    expect((await web.fetch('/jobs/x/cancel')).status).toBe(405);
  });

  it('answers 503 with Retry-After and no internals when the records cannot be reached', async () => {
    const broken = await WebApp.start();
    try {
      const id = broken.tokens.publicId('0'.repeat(32));
      await broken.store.close();
      const response = await broken.fetch(`/jobs/${id}`, JSON_ACCEPT);
      expect(response.status).toBe(503);
      expect(response.headers.get('retry-after')).toBe('5');
      expect(await response.text()).not.toMatch(/sqlite|at .*\.ts/i);
    } finally {
      await broken.stop();
    }
  });

  it('describes exactly the operations it has', async () => {
    const document = (await (await web.fetch('/api/openapi.json')).json()) as OpenAPIObject;
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => ({
        path: path.replace('{id}', 'x'),
        method: method.toUpperCase(),
      })),
    );
    expect(described.length).toBeGreaterThanOrEqual(7);
    for (const { path, method } of described)
      expect([path, (await web.fetch(path, { method, ...JSON_ACCEPT })).status]).not.toEqual([path, 405]);
    const page = await (await web.fetch('/api/docs')).text();
    for (const path of Object.keys(document.paths)) expect(page).toContain(path);
  });
});
