import { Secrets } from '../../../src/config/secrets.js';
import type { JobRequest } from '../../../src/jobs/job.js';
import { JobTokens } from '../../../src/jobs/job-tokens.js';

const request: JobRequest = {
  query: 'red panda',
  count: 10,
  dueAt: 1_800_000_000_000,
  startsNow: false,
  timeZone: 'UTC',
  filters: {},
  engines: [],
  recipients: [{ channel: 'email', address: 'a@example.org' }],
};

describe('the tokens of a job', () => {
  const tokens = new JobTokens(new Secrets(['now', 'before']));

  it('name the job they were made for', () => {
    const id = tokens.newId('web', request, null);
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(tokens.publicId(id)).toMatch(/^[A-Za-z0-9_-]{32}$/);
    expect(tokens.readPublicId(tokens.publicId(id))).toBe(id);
    expect(tokens.readLinkToken(tokens.linkToken(id))).toBe(id);
  });

  it('share the pictures without the controls', () => {
    const id = tokens.newId('web', request, null);
    expect(tokens.readPublicId(tokens.linkToken(id))).toBeNull();
    expect(tokens.readLinkToken(tokens.publicId(id))).toBeNull();
  });

  it.each([
    '',
    'x',
    'A'.repeat(32),
    'A'.repeat(31),
    'A'.repeat(33),
    '../../etc/passwd',
    `${'A'.repeat(31)}=`,
  ])('are not accepted if forged: "%s"', (token) => {
    expect(tokens.readPublicId(token)).toBeNull();
    expect(tokens.readLinkToken(token)).toBeNull();
  });

  it('do not survive the change of any one character', () => {
    const token = tokens.publicId(tokens.newId('web', request, null));
    const changed = [...token].map(
      (old, at) => token.slice(0, at) + (old === 'A' ? 'B' : 'A') + token.slice(at + 1),
    );
    expect(changed.map((each) => tokens.readPublicId(each)).filter((id) => id !== null)).toEqual([]);
  });

  it('work under an earlier secret, and never under an unknown one', () => {
    const id = tokens.newId('web', request, null);
    expect(tokens.readPublicId(new JobTokens(new Secrets(['before'])).publicId(id))).toBe(id);
    expect(tokens.readPublicId(new JobTokens(new Secrets(['strange'])).publicId(id))).toBeNull();
  });

  it('are random without an idempotency key', () => {
    expect(tokens.newId('web', request, null)).not.toBe(tokens.newId('web', request, null));
  });

  it('are the same for the same submission only', () => {
    const key = { requester: 'nonce', key: 'k', askedFor: request.dueAt };
    const id = tokens.newId('api', request, key);
    expect(tokens.newId('api', { ...request }, { ...key })).toBe(id);
    const others = [
      tokens.newId('web', request, key),
      tokens.newId('api', request, { ...key, requester: 'somebody else' }),
      tokens.newId('api', request, { ...key, key: 'k2' }),
      tokens.newId('api', { ...request, count: 11 }, key),
      tokens.newId('api', request, { ...key, askedFor: request.dueAt + 1 }),
      tokens.newId('api', request, { ...key, askedFor: null }),
    ];
    expect(new Set([id, ...others]).size).toBe(7);
  });

  it('do not depend on the time of the request', () => {
    const key = { requester: 'nonce', key: 'k', askedFor: null };
    const at = (dueAt: number, startsNow: boolean): string =>
      tokens.newId('web', { ...request, dueAt, startsNow }, key);
    expect(at(2, true)).toBe(at(1, true));
    expect(at(2, false)).toBe(at(1, true));
  });
});
