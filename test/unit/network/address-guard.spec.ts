import { AddressGuard } from '../../../src/network/address-guard.js';
import { AllowedHosts } from '../../../src/network/allowed-hosts.js';

const guard = new AddressGuard(AllowedHosts.parse([]));

const REFUSED = [
  ['127.0.0.1', 'http://127.0.0.1/', 'private_address'],
  ['a trailing dot', 'http://127.0.0.1./', 'private_address'],
  ['decimal', 'http://2130706433/', 'private_address'],
  ['octal', 'http://0177.0.0.1/', 'private_address'],
  ['one octal number', 'http://017700000001/', 'private_address'],
  ['hexadecimal', 'http://0x7f000001/', 'private_address'],
  ['hexadecimal parts', 'http://0x7f.0x0.0x0.0x1/', 'private_address'],
  ['two parts', 'http://127.1/', 'private_address'],
  ['three parts', 'http://127.0.1/', 'private_address'],
  ['mixed bases', 'http://0x7f.1/', 'private_address'],
  ['full-width digits', 'http://１２７.0.0.1/', 'private_address'],
  ['an ideographic dot', 'http://127。0。0。1/', 'private_address'],
  ['percent-encoded digits', 'http://%31%32%37.0.0.1/', 'private_address'],
  ['zero', 'http://0/', 'private_address'],
  ['IPv6 loopback', 'http://[::1]/', 'private_address'],
  ['IPv6 loopback written out', 'http://[0:0:0:0:0:0:0:1]/', 'private_address'],
  ['IPv6 unspecified', 'http://[::]/', 'private_address'],
  ['IPv4-mapped', 'http://[::ffff:127.0.0.1]/', 'private_address'],
  ['IPv4-compatible', 'http://[::127.0.0.1]/', 'private_address'],
  ['NAT64', 'http://[64:ff9b::127.0.0.1]/', 'private_address'],
  ['6to4', 'http://[2002:7f00:1::]/', 'private_address'],
  ['a zone', 'http://[fe80::1%25eth0]/', 'not_a_url'],
  ['a number too large', 'http://4294967296/', 'not_a_url'],
  ['a name that ends in a number', 'http://foo.1/', 'not_a_url'],
  ['the metadata of clouds', 'http://169.254.169.254/latest/meta-data/', 'private_address'],
  ['a user', 'http://user@example.com/', 'credentials'],
  ['a password', 'http://:secret@example.com/', 'credentials'],
  ['another host as the user', 'http://example.com@127.0.0.1/', 'credentials'],
  ['the port of SSH', 'http://example.com:22/', 'port'],
  ['the port of Redis', 'http://example.com:6379/', 'port'],
  ['port 8080', 'https://example.com:8080/', 'port'],
  ['port 0', 'http://example.com:0/', 'port'],
  ['a file', 'file:///etc/passwd', 'scheme'],
  ['ftp', 'ftp://example.com/a.jpg', 'scheme'],
  ['data', 'data:image/png;base64,AAAA', 'scheme'],
  ['javascript', 'javascript:alert(1)', 'scheme'],
  ['a blob', 'blob:https://example.com/1', 'scheme'],
  ['a relative address', '/a.jpg', 'not_a_url'],
  ['nothing', '', 'not_a_url'],
] as const;

describe('AddressGuard', () => {
  it.each(REFUSED)('refuses %s (%s)', (_what, url, reason) => {
    expect(() => guard.checkUrl(url)).toThrow(
      expect.objectContaining({ code: 'network.address_refused', context: { reason } }),
    );
  });

  it.each([
    'http://example.com/a.jpg',
    'https://example.com/',
    'http://example.com:443/',
    'https://93.184.216.34/',
    'https://[2606:4700:4700::1111]/',
    'https://bücher.example/ü.jpg',
    'http://localhost.example./',
  ])('lets %s pass until its name is resolved', (url) => {
    expect(guard.checkUrl(url).href).toBe(new URL(url).href);
  });

  it('checks the target of a relative redirect', () => {
    const base = new URL('http://example.com/a');
    expect(guard.checkUrl('/b', base).href).toBe('http://example.com/b');
    expect(() => guard.checkUrl('//127.0.0.1/', base)).toThrow('network.address_refused');
  });

  it.each([['127.1'], ['[::1]'], ['::1'], ['0x7f.1'], ['fe80::1%lo'], ['a b'], ['x@127.0.0.1'], ['']])(
    'refuses the bare host "%s", as in a request to a proxy',
    (host) => {
      expect(() => guard.checkHost(host, 80)).toThrow('network.address_refused');
    },
  );

  it('refuses a name when one of its addresses is private', () => {
    expect(() => guard.checkAddresses(['93.184.216.34', '10.0.0.1'], 'example.com', 80)).toThrow(
      'network.address_refused',
    );
    expect(() => guard.checkAddresses(['93.184.216.34'], 'example.com', 80)).not.toThrow();
  });

  it.each([
    ['198.18.0.7', 'stand_in'],
    ['64:ff9b:1::5db8:d822', 'local_nat64'],
    ['0.0.0.0', 'this_machine'],
    ['192.168.0.1', 'intranet'],
    ['192.0.2.1', 'special'],
  ])('says of a name that resolves to %s what it leads to, and nothing more of it', (address, kind) => {
    expect(() => guard.checkAddresses(['93.184.216.34', address], 'example.com', 80)).toThrow(
      expect.objectContaining({
        code: 'network.address_refused',
        context: { reason: 'private_address', kind },
      }),
    );
  });

  it('refuses a name without any address', () => {
    expect(() => guard.checkAddresses([], 'example.com', 80)).toThrow('network.address_refused');
  });
});

describe('ALLOW_FAKE_IP', () => {
  const lenient = new AddressGuard(AllowedHosts.parse([]), true);

  it.each([[['198.18.0.7']], [['198.19.255.254', 'fc00::7']], [['93.184.216.34', '198.18.0.7']]])(
    'lets a name resolve to %j',
    (addresses) => {
      expect(() => lenient.checkAddresses(addresses, 'example.com', 443)).not.toThrow();
      expect(() => guard.checkAddresses(addresses, 'example.com', 443)).toThrow('network.address_refused');
    },
  );

  it.each(['198.18.0.7', '0xc6120007', '3323068423', '198.18.7', '[fc00::7]', '[64:ff9b::c612:7]'])(
    'still refuses the literal %s',
    (host) => {
      expect(() => lenient.checkUrl(`http://${host}/`)).toThrow('network.address_refused');
      expect(() => lenient.checkHost(host, 443)).toThrow('network.address_refused');
      expect(() => lenient.checkAddresses(['198.18.0.7'], host, 443)).toThrow('network.address_refused');
    },
  );

  it.each(['127.0.0.1', '10.0.0.1', 'fd00::1', '64:ff9b::c612:7', '::ffff:198.18.0.7'])(
    'lets no name resolve to a stand-in and %s',
    (address) => {
      expect(() => lenient.checkAddresses(['198.18.0.7', address], 'example.com', 443)).toThrow(
        'network.address_refused',
      );
    },
  );
});

const allowing = (...items: string[]): AddressGuard => new AddressGuard(AllowedHosts.parse(items));

describe('ALLOW_PRIVATE_HOSTS', () => {
  it('allows a host at every port if none is given', () => {
    const lenient = allowing('localhost', '10.0.0.5');
    expect(lenient.checkUrl('http://localhost:8080/').port).toBe('8080');
    expect(lenient.checkUrl('http://LOCALHOST./').port).toBe('');
    expect(lenient.checkUrl('http://10.0.0.5:9/').port).toBe('9');
    expect(() => lenient.checkAddresses(['127.0.0.1'], 'localhost', 8080)).not.toThrow();
  });

  it('allows only the given port', () => {
    const strict = allowing('127.0.0.1:8080');
    expect(strict.checkUrl('http://127.0.0.1:8080/').port).toBe('8080');
    expect(() => strict.checkUrl('http://127.0.0.1/')).toThrow('network.address_refused');
    expect(() => strict.checkUrl('http://127.0.0.1:8081/')).toThrow('network.address_refused');
    expect(() => strict.checkUrl('http://127.0.0.2:8080/')).toThrow('network.address_refused');
  });

  it('applies to every spelling of the same host', () => {
    expect(allowing('127.1:8080').checkUrl('http://2130706433:8080/').hostname).toBe('127.0.0.1');
    expect(allowing('[::1]:8080').checkUrl('http://[0:0::1]:8080/').port).toBe('8080');
    expect(allowing('::1').checkUrl('http://[::1]:9/').port).toBe('9');
    expect(allowing('Bücher.Test').checkUrl('http://xn--bcher-kva.test:81/').port).toBe('81');
  });

  it('still refuses other schemes and credentials', () => {
    expect(() => allowing('localhost').checkUrl('ftp://localhost/')).toThrow('network.address_refused');
    expect(() => allowing('localhost').checkUrl('http://a:b@localhost/')).toThrow('network.address_refused');
  });

  it.each(['http://localhost', 'a b', 'localhost:0', 'localhost:99999', 'host/path', 'u@host', '*', ':80'])(
    'does not take "%s"',
    (item) => {
      expect(() => AllowedHosts.parse([item])).toThrow(`ALLOW_PRIVATE_HOSTS: "${item}"`);
    },
  );
});
