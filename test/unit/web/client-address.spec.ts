import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { readIpAddress } from '../../../src/web/http/client-address.js';
import { WebApp } from '../../support/web/web-app.js';

describe('an address as proxies write it', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['192.0.2.7:5678', '192.0.2.7'],
    [' 192.0.2.7 ', '192.0.2.7'],
    ['\t192.0.2.7:5678\t', '192.0.2.7'],
    ['"192.0.2.7"', '192.0.2.7'],
    ['"192.0.2.7:5678"', '192.0.2.7'],
    ['2001:db8::1', '2001:db8::1'],
    ['2001:DB8:0:0::0001', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['[2001:db8::1]:443', '2001:db8::1'],
    ['"[2001:db8::1]:443"', '2001:db8::1'],
    [' "[2001:db8::1]" ', '2001:db8::1'],
    ['2001:db8:1:2:3:4:5:6:443', '2001:db8:1:2:3:4:5:6'],
    ['fe80::1%eth0', 'fe80::1'],
    ['[fe80::1%25eth0]:443', 'fe80::1'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::FFFF:c000:207', '192.0.2.7'],
    ['[::ffff:192.0.2.7]:5678', '192.0.2.7'],
    ['::1', '::1'],
  ])('%j is read as %s', (text, address) => {
    expect(readIpAddress(text)).toBe(address);
  });

  it.each([
    '',
    ' ',
    'unknown',
    '_hidden',
    'unix:',
    'localhost',
    'example.org:443',
    '192.0.2',
    '192.0.2.256',
    '192.0.2.7.8',
    '192.0.2.7:',
    '192.0.2.7:port',
    '192.0.2.7:123456',
    '192.000.002.007',
    '0xc0000207',
    '3221225991',
    '[192.0.2.7',
    '[]',
    '[]:443',
    '[2001:db8::1',
    '[2001:db8::1]443',
    '[2001:db8::1]:',
    '2001:db8::1::2',
    '192.0.2.7, 192.0.2.8',
    '1'.repeat(8000),
    ':'.repeat(8000),
  ])('%j is not an address', (text) => {
    expect(readIpAddress(text)).toBeNull();
  });
});

describe('limits behind a proxy', () => {
  let web: WebApp;
  let warned: ReturnType<typeof spyOnWarnings>;
  const spyOnWarnings = () => jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => {});
  beforeEach(() => {
    warned = spyOnWarnings();
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await web.stop();
  });

  const start = async (settings: Record<string, string> = {}) => {
    web = await WebApp.start({ TRUST_PROXY: 'true', RATE_PER_CLIENT: '2/1h', ...settings });
  };
  const post = (forwardedFor: string | null, headers: Record<string, string> = {}) =>
    web.fetch('/jobs', {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...(forwardedFor === null ? {} : { 'X-Forwarded-For': forwardedFor }),
        ...headers,
      },
      body: JSON.stringify({ query: 'red panda', count: 5 }),
    });
  const statusesOf = async (addresses: readonly (string | null)[]) => {
    const statuses = [];
    for (const address of addresses) statuses.push((await post(address)).status);
    return statuses;
  };

  it.each([
    ['with a port that changes', ['198.51.100.7:1001', '198.51.100.7:1002', '198.51.100.7:1003']],
    ['in brackets, with a port', ['[2001:db8::7]:1001', '[2001:db8::7]:1002', '[2001:db8::8]:1003']],
    ['now and then in IPv6', ['198.51.100.7', '::ffff:198.51.100.7', '[::ffff:c633:6407]:1003']],
    ['behind what the client made up', ['1.1.1.1, 198.51.100.7', '2.2.2.2, 198.51.100.7', '198.51.100.7']],
  ])('count one client whose address comes %s', async (_how, addresses) => {
    await start();
    expect(await statusesOf([...addresses, '198.51.100.9:1001'])).toEqual([201, 201, 429, 201]);
    expect(warned).not.toHaveBeenCalled();
  });

  it('count an invalid address as the proxy that sent it, and log it once', async () => {
    await start();
    expect(await statusesOf(['unknown', '_a', 'unix:', null, '198.51.100.7'])).toEqual([
      201, 201, 429, 429, 201,
    ]);
    const told = warned.mock.calls.map(([message]) => String(message));
    expect(told).toEqual([expect.stringContaining('without the address of a client')]);
  });

  it('tie an idempotency key to its client, whatever the port', async () => {
    await start();
    const key = { 'Idempotency-Key': 'one' };
    const [first, again] = [await post('198.51.100.7:1001', key), await post('198.51.100.7:1002', key)];
    const other = await post('198.51.100.8:1001', key);
    const ids = await Promise.all([first, again, other].map(async (answer) => (await web.jobIn(answer)).id));
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  it('log once that X-Forwarded-For arrives and is not trusted', async () => {
    await start({ TRUST_PROXY: 'false' });
    expect(await statusesOf([null])).toEqual([201]);
    expect(warned).not.toHaveBeenCalled();
    expect(await statusesOf(['198.51.100.7', '198.51.100.8'])).toEqual([201, 429]);
    const told = warned.mock.calls.map(([message]) => String(message));
    expect(told).toEqual([expect.stringContaining('TRUST_PROXY is off')]);
  });
});
