import { parseSettings } from '../../../src/config/parse-settings.js';
import type { AppError } from '../../../src/jobs/app-error.js';
import { countedBySearch, countedClient, countedFor } from '../../../src/limits/counted.js';
import { RateLimits } from '../../../src/limits/rate-limits.js';

const limitsOf = (environment: Record<string, string>): RateLimits =>
  new RateLimits(parseSettings(environment).settings);

describe('rate limits', () => {
  it('reports which limit was reached and when the next request is allowed', async () => {
    const limits = limitsOf({ RATE_PER_PERSON: '2/1h' });
    const ann = [{ kind: 'person', key: 'slack/T1/U1' }] as const;
    expect([await limits.consume(ann), await limits.consume(ann)]).toEqual([null, null]);
    const limited = await limits.consume(ann);
    expect(limited).toMatchObject({ kind: 'person' });
    expect(limited?.retryAfterMs).toBeGreaterThan(3_540_000);
    expect(limited?.retryAfterMs).toBeLessThanOrEqual(3_600_000);
    expect(await limits.consume([{ kind: 'person', key: 'slack/T1/U2' }])).toBeNull();
  });

  it('throws the reached limit', async () => {
    const limits = limitsOf({ RATE_OVERALL: '1/1h' });
    await limits.consumeOrThrow(countedFor([]));
    const limited = await limits.consumeOrThrow(countedFor([])).catch((error: unknown) => error);
    expect(limited).toMatchObject({ code: 'limits.reached', context: { kind: 'everybody' } });
    expect(limited).toHaveProperty('context.retryAfterSeconds', expect.any(Number));
    const { retryAfterSeconds } = (limited as AppError).context;
    expect(Number(retryAfterSeconds)).toBeGreaterThan(3540);
    expect(Number(retryAfterSeconds)).toBeLessThanOrEqual(3600);
  });

  it('allows a burst of a hundred by one person, and no endless stream, if nothing is set', async () => {
    const limits = limitsOf({});
    const ann = [{ kind: 'person', key: 'slack/T1/U1' }] as const;
    const burst = await Promise.all(Array.from({ length: 101 }, () => limits.consume(ann)));
    expect(burst.filter((limited) => limited === null)).toHaveLength(100);
  });

  it('allows a client a burst, and fewer over a longer time, if nothing is set', async () => {
    const limits = limitsOf({});
    const client = [countedClient('192.0.2.7')];
    const burst = await Promise.all(Array.from({ length: 30 }, () => limits.consume(client)));
    expect(burst.filter((limited) => limited === null)).toHaveLength(20);
    expect(burst.at(-1)?.retryAfterMs).toBeLessThanOrEqual(60_000);
    expect(await limits.consume([countedClient('192.0.2.8')])).toBeNull();

    const patient = limitsOf({ RATE_BURST: '1000/1s' });
    const hour = await Promise.all(Array.from({ length: 130 }, () => patient.consume(client)));
    expect(hour.filter((limited) => limited === null)).toHaveLength(120);
    expect(hour.at(-1)?.retryAfterMs).toBeGreaterThan(60_000);
  });

  it('tells the longest wait if several limits are reached', async () => {
    const limits = limitsOf({ RATE_BURST: '1/1m', RATE_PER_CLIENT: '1/2h', RATE_PER_ADDRESS: '1/1h' });
    const counted = [
      countedClient('192.0.2.7'),
      ...countedFor([{ channel: 'email', address: 'a@example.org' }]),
    ];
    expect(await limits.consume(counted)).toBeNull();
    const limited = await limits.consume(counted);
    expect(limited).toMatchObject({ kind: 'client' });
    expect(limited?.retryAfterMs).toBeGreaterThan(3_600_000);
  });

  it.each([
    ['one after the other', false],
    ['all at once', true],
  ])(
    'does not count refused requests, so that no client uses up the limits of others, %s',
    async (_how, atOnce) => {
      const limits = limitsOf({ RATE_PER_CLIENT: '2/1h', RATE_PER_ADDRESS: '3/1h', RATE_PER_DOMAIN: '9/1h' });
      const from = (client: string) => [
        countedClient(client),
        ...countedFor([{ channel: 'email', address: 'ana@example.org' }]),
      ];
      const greedy = [];
      for (let asked = 0; asked < 10; asked += 1) {
        const taken = limits.consume(from('192.0.2.66'));
        greedy.push(atOnce ? taken : await taken);
      }
      expect((await Promise.all(greedy)).filter((limited) => limited === null)).toHaveLength(2);
      expect(await limits.consume(from('192.0.2.7'))).toBeNull();
      // The address has reached its limit: refused requests do not count against the client.
      for (let asked = 0; asked < 10; asked += 1)
        expect(await limits.consume(from('192.0.2.8'))).toMatchObject({ kind: 'address' });
      expect(await limits.consume([countedClient('192.0.2.8')])).toBeNull();
    },
  );

  it('allow a list that is longer than a limit once in a new window', async () => {
    const limits = limitsOf({ RATE_BURST: '20/1m' });
    const list = countedBySearch([countedClient('192.0.2.7')], 50);
    await limits.throwIfReached(list);
    expect(await limits.consume(list)).toBeNull();
    for (const next of [list, [countedClient('192.0.2.7')]]) {
      expect(await limits.consume(next)).toMatchObject({ kind: 'client', retryAfterMs: expect.any(Number) });
      await expect(limits.throwIfReached(next)).rejects.toMatchObject({ code: 'limits.reached' });
    }
    expect(await limits.consume(countedBySearch([countedClient('192.0.2.8')], 50))).toBeNull();
  });

  it('count a list for each of its searches where work is limited, and once where mail is', async () => {
    const limits = limitsOf({ RATE_PER_PERSON: '20/1h', RATE_PER_ADDRESS: '2/1h' });
    const person = [{ kind: 'person', key: 'slack/T1/U1' }] as const;
    const mail = countedFor([{ channel: 'email', address: 'a@example.org' }]);
    expect(await limits.consume(countedBySearch([...person, ...mail], 12))).toBeNull();
    expect(await limits.consume(countedBySearch(person, 9))).toMatchObject({ kind: 'person' });
    expect(await limits.consume(countedBySearch([...person, ...mail], 8))).toBeNull();
    expect(await limits.consume(mail)).toMatchObject({ kind: 'address' });
  });

  it('give back all points of a list that another request overtook', async () => {
    const limits = limitsOf({ RATE_PER_PERSON: '20/1h' });
    const list = countedBySearch([{ kind: 'person', key: 'slack/T1/U1' }], 15);
    const both = await Promise.all([limits.consume(list), limits.consume(list)]);
    expect(both.filter((limited) => limited === null)).toHaveLength(1);
    expect(await limits.consume(countedBySearch(list, 5))).toBeNull();
  });

  it('counts mail addresses and domains ignoring case, but no chat recipients', () => {
    expect(
      countedFor([
        { channel: 'email', address: 'Ana@Example.ORG' },
        { channel: 'slack', address: 'T1/C1/U1' },
      ]),
    ).toEqual([
      { kind: 'address', key: 'ana@example.org' },
      { kind: 'domain', key: 'example.org' },
      { kind: 'everybody', key: '' },
    ]);
  });

  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:22ff::1', '2001:db8:1:2200::/56'],
    ['2001:db8:1:2201:aaaa::9', '2001:db8:1:2200::/56'],
    ['2001:db8:1:2301::9', '2001:db8:1:2300::/56'],
    ['64:ff9b::192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:22ff::1%eth0', '2001:db8:1:2200::/56'],
    ['192.0.2.7:5678', 'unknown'],
    ['no address', 'unknown'],
    ['', 'unknown'],
  ])('counts the client %s as %s', (address, key) => {
    expect(countedClient(address)).toEqual({ kind: 'client', key });
  });
});
