import { countedFor } from '../../../src/limits/counted.js';
import { hashedAddress } from '../../../src/notifications/consent/hashed-address.js';
import { valueOf } from '../../../src/validation/reading.js';
import { readEmail } from '../../../src/validation/read-email.js';
import { fc } from '../../support/properties.js';

const label = (length: number): string => 'a'.repeat(length);
const longDomain = `${label(63)}.${label(63)}.${label(57)}.org`;

describe('readEmail', () => {
  it.each([
    ['ana@example.org', 'ana@example.org'],
    ['  ana@example.org ', 'ana@example.org'],
    ['Ana.Lopez+jobs@Example.ORG', 'Ana.Lopez+jobs@example.org'],
    ["o'brien@example.org", "o'brien@example.org"],
    ['_@example.org', '_@example.org'],
    ['a@b.co', 'a@b.co'],
    ['a..b@docomo.ne.jp', 'a..b@docomo.ne.jp'],
    ['a.@ezweb.ne.jp', 'a.@ezweb.ne.jp'],
    ['a..b@c.vodafone.ne.jp', 'a..b@c.vodafone.ne.jp'],
    ['a..b...@au.com', 'a..b...@au.com'],
    ['a.@biz.EZWEB.ne.jp', 'a.@biz.ezweb.ne.jp'],
    ['"a..b"@docomo.ne.jp', 'a..b@docomo.ne.jp'],
    ['"a."@ezweb.ne.jp', 'a.@ezweb.ne.jp'],
    ['=?x@example.org', '=?x@example.org'],
    ['ana@bücher.example', 'ana@xn--bcher-kva.example'],
    ['ana@日本。jp', 'ana@xn--wgv71a.jp'],
    ['ana@xn--bcher-kva.example', 'ana@xn--bcher-kva.example'],
    [`${label(64)}@example.org`, `${label(64)}@example.org`],
    [`${label(64)}@${longDomain}`.slice(0), `${label(64)}@${longDomain}`],
  ])('reads %j as %j', (raw, address) => {
    expect(readEmail(raw)).toEqual({ ok: true, value: address });
  });

  it.each([undefined, null, '', '   '])('reads %j as no address', (raw) => {
    expect(readEmail(raw)).toEqual({ ok: true, value: '' });
  });

  it.each([
    ['ana', 'email.no_at'],
    ['@example.org', 'email.bad_name'],
    ['ana@', 'email.bad_domain'],
    ['ana@example', 'email.bad_domain'],
    ['ana@localhost', 'email.bad_domain'],
    ['ana@.org', 'email.bad_domain'],
    ['ana@example..org', 'email.bad_domain'],
    ['ana@example.org.', 'email.bad_domain'],
    ['ana@-example.org', 'email.bad_domain'],
    ['ana@exa_mple.org', 'email.bad_domain'],
    ['ana@127.0.0.1', 'email.bad_domain'],
    ['ana@0x7f.1', 'email.bad_domain'],
    ['ana@exa%2emple.org', 'email.bad_domain'],
    ['ana@example.org/x', 'email.bad_domain'],
    ['ana@example.org?x=y.z', 'email.bad_domain'],
    [`ana@${label(64)}.org`, 'email.bad_domain'],
    ['.ana@example.org', 'email.bad_name'],
    ['an..a@example.org', 'email.bad_name'],
    ['ana.@example.org', 'email.bad_name'],
    ['.a@docomo.ne.jp', 'email.bad_name'],
    ['..@docomo.ne.jp', 'email.bad_name'],
    ['a..b@notne.jp', 'email.bad_name'],
    ['a..b@docomo.ne.jp.example', 'email.bad_name'],
    ['"a b"@docomo.ne.jp', 'email.not_plain'],
    ['"a..b"@example.org', 'email.not_plain'],
    ['"ana"@example.org', 'email.not_plain'],
    ['=?utf-8?q?eve=40evil.example?=@example.org', 'email.encoded_name'],
    ['=?UTF-8?B?ZXZl?=@example.org', 'email.encoded_name'],
    ['ana=?utf-8?q?x?=@example.org', 'email.encoded_name'],
    ['=?utf-8?q?x?=@docomo.ne.jp', 'email.encoded_name'],
    ['=??=@example.org', 'email.encoded_name'],
    ['anä@example.org', 'email.name_not_ascii'],
    [`${label(65)}@example.org`, 'email.too_long'],
    [`${label(64)}@a.${longDomain}`, 'email.too_long'],
    [`ana@${'a.'.repeat(50_000)}org`, 'email.too_long'],
    ['ana@example.org,bob@example.org', 'email.several'],
    ['ana@example.org;bob@example.org', 'email.several'],
    ['ana@example.org bob@example.org', 'email.several'],
    ['ana@bob@example.org', 'email.several'],
    ['ana@example.org,', 'email.several'],
    ['ana@example.org\nBcc: bob', 'email.not_plain'],
    ['ana@example.org\r\nBcc: bob@example.org', 'email.not_plain'],
    ['ana@example.org\n', 'email.not_plain'],
    ['ana\0@example.org', 'email.not_plain'],
    ['ana\u200B@example.org', 'email.not_plain'],
    ['Ana <ana@example.org>', 'email.not_plain'],
    ['<ana@example.org>', 'email.not_plain'],
    ['"ana b"@example.org', 'email.not_plain'],
    ['ana(comment)@example.org', 'email.not_plain'],
    ['ana @example.org', 'email.not_plain'],
    ['ana@[127.0.0.1]', 'email.not_plain'],
    ['mailto:ana@example.org', 'email.not_plain'],
    ['a\\b@example.org', 'email.not_plain'],
    [['ana@example.org'], 'field.not_text'],
    [{ address: 'ana@example.org' }, 'field.not_text'],
  ])('refuses %j with %s', (raw, code) => {
    expect(readEmail(raw)).toMatchObject({ ok: false, code });
  });

  it('counts and remembers one mailbox with or without quotes, in any case', () => {
    const forms = ['a..b@docomo.ne.jp', '"a..b"@docomo.ne.jp', '"A..B"@DoCoMo.ne.jp', ' A..b@docomo.ne.jp'];
    const addresses = forms.map((raw) => valueOf(readEmail(raw)) ?? '');
    const counts = addresses.map((address) => countedFor([{ channel: 'email', address }]));
    expect(counts[0]).toContainEqual({ kind: 'address', key: 'a..b@docomo.ne.jp' });
    expect(counts[0]).toContainEqual({ kind: 'domain', key: 'docomo.ne.jp' });
    expect(counts).toEqual(counts.map(() => counts[0]));
    const key = Buffer.from('a key');
    expect(new Set(addresses.map((address) => hashedAddress('never_mail', address, key).key)).size).toBe(1);
  });

  it('refuses anything that could break out of a mail header or name a second recipient', () => {
    const risky = fc.string({
      unit: fc.constantFrom('a', '.', '@', ',', ';', '"', '<', '>', '\r', '\n', ' ', '(', 'é'),
    });
    fc.assert(
      fc.property(risky, risky, (before, after) => {
        const reading = readEmail(`${before}@${after}.org`);
        const address = reading.ok ? reading.value : 'refused@example.org';
        expect(address).toMatch(/^[^\s,;"<>()@\u0080-\uFFFF]+@[a-z\d.-]+$/);
      }),
    );
  });
});
