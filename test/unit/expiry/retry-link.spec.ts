import { Secrets } from '../../../src/config/secrets.js';
import { RetryLinks } from '../../../src/expiry/retry-link.js';
import { sampleRequest } from '../../support/sample-jobs.js';
import { TestClock } from '../../support/test-clock.js';

const DAY_MS = 86_400_000;
const REQUEST = sampleRequest(Date.UTC(2027, 0, 15), { query: 'Größte 熊猫', filters: { size: 'large' } });

const linksOf = (secrets: Secrets, clock = new TestClock()) => new RetryLinks(secrets, clock);

describe('a retry link', () => {
  const secrets = new Secrets(['current']);

  it('restores the whole request', () => {
    expect(linksOf(secrets).open(linksOf(secrets).make(REQUEST))).toEqual(REQUEST);
  });

  it('reveals nothing of the request', () => {
    const token = linksOf(secrets).make(REQUEST);
    expect(token).toMatch(/^[\w-]+$/);
    expect(Buffer.from(token, 'base64url').toString('latin1')).not.toMatch(/ana@|size|query/);
  });

  it('works for 30 days', () => {
    const clock = new TestClock();
    const links = linksOf(secrets, clock);
    const token = links.make(REQUEST);
    clock.advance(30 * DAY_MS - 10_000);
    expect(links.open(token)).toEqual(REQUEST);
    clock.advance(20_000);
    expect(links.open(token)).toBeNull();
  });

  it('survives a change of the secret', () => {
    const token = linksOf(secrets).make(REQUEST);
    expect(linksOf(new Secrets(['next', 'current'])).open(token)).toEqual(REQUEST);
    expect(linksOf(new Secrets(['next'])).open(token)).toBeNull();
  });

  it('does not open if any of its characters is changed', () => {
    const links = linksOf(secrets);
    const token = links.make(REQUEST);
    for (let at = 0; at < token.length; at += 7) {
      const other = token[at] === 'A' ? 'B' : 'A';
      expect(links.open(token.slice(0, at) + other + token.slice(at + 1))).toBeNull();
    }
  });

  it.each(['', 'x', '..', 'A'.repeat(500), 'A'.repeat(38), '%00', '熊猫'])('does not open %j', (token) => {
    expect(linksOf(secrets).open(token)).toBeNull();
  });

  it('does not open in another encoding', () => {
    const links = linksOf(secrets);
    const token = links.make(REQUEST);
    expect(links.open(`${token}=`)).toBeNull();
    expect(links.open(` ${token}`)).toBeNull();
  });
});
