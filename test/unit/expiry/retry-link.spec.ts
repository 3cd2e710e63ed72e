import fc from 'fast-check';
import { Secrets } from '../../../src/config/secrets.js';
import { RetryLinks } from '../../../src/expiry/retry-link.js';
import { sealText } from '../../../src/expiry/sealed-text.js';
import { validateRequest } from '../../../src/validation/validate-request.js';
import { RULES } from '../validation/rules.js';
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

  it('has at most 4,096 characters for every request that is accepted', () => {
    const letters = fc.constantFrom('a-z', 'a-z0-9', 'а-я', 'A-zäöü', '一-龥', '一-倀', '가-힣', '😀-🙏');
    const queries = fc
      .tuple(letters, fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 10 }))
      .chain(([from, lines, tenths]) => {
        const length = Math.min(150, Math.max(4, Math.floor((tenths * 200) / lines) - 1));
        const word = fc.stringMatching(new RegExp(`^[${from}]{${length}}$`, 'u'));
        return fc.uniqueArray(word, {
          minLength: lines,
          maxLength: lines,
          selector: (text) => text.toLowerCase(),
        });
      });
    const site = fc.stringMatching(/^[a-z0-9]{1,60}\.example$/);
    const fields = fc.record({
      queries,
      count: fc.constant(10),
      prefix: fc.constantFrom('', 'photo of a', '照片'),
      sites: fc.uniqueArray(site, { maxLength: 20, size: 'max' }),
      email: fc.constant(`${'a'.repeat(60)}@example.org`),
    });
    const chat = {
      channel: 'discord',
      address: ['1', '2', '3'].map((id) => id.repeat(19)).join('/'),
    } as const;
    const accepted: number[] = [];
    fc.assert(
      fc.property(fields, (raw) => {
        const checked = validateRequest(raw, RULES, { refusesUnknown: true });
        if (!checked.ok) {
          expect(checked.problems).toMatchObject([{ code: 'field.too_much' }]);
          return;
        }
        const request = { ...checked.request, recipients: [...checked.request.recipients, chat] };
        const token = linksOf(secrets).make(request);
        expect(token.length).toBeLessThanOrEqual(4096);
        expect(linksOf(secrets).open(token)).toEqual(request);
        accepted.push(token.length);
      }),
    );
    expect(accepted.length).toBeGreaterThan(20);
    expect(Math.max(...accepted)).toBeGreaterThan(2048);
  });

  it('still opens as the version before made it', () => {
    const sealed = { version: 1, goodUntil: new TestClock().now() + DAY_MS, request: REQUEST };
    const token = sealText(JSON.stringify(sealed), 'retry-link', secrets);
    expect(linksOf(secrets).open(token)).toEqual(REQUEST);
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
