import { chromeArguments, proxyArguments } from '../../../../src/scraping/browser/chrome-arguments.js';

describe('the command line of Chrome', () => {
  const line = chromeArguments('/profile', ['--proxy-server=127.0.0.1:9']);

  it('keeps its files in the throw-away profile and takes additional arguments', () => {
    expect(line).toEqual(expect.arrayContaining(['--user-data-dir=/profile', '--proxy-server=127.0.0.1:9']));
  });

  it('keeps the sandbox and certificate checks, and disguises nothing', () => {
    expect(
      line.filter((argument) =>
        /sandbox|web-security|certificate-errors|user-agent|AutomationControlled/.test(argument),
      ),
    ).toEqual([]);
  });

  it('turns off unwanted requests', () => {
    expect(line).toEqual(
      expect.arrayContaining(['--disable-quic', '--disable-background-networking', '--no-pings']),
    );
  });

  it.each([
    ['127.0.0.1:8080', '127.0.0.1'],
    ['proxy.test:3128', 'proxy.test'],
    ['[::1]:8080', '[::1]'],
  ])('lets Chrome resolve nothing but the proxy %s', (address, host) => {
    expect(proxyArguments(address)).toEqual(
      expect.arrayContaining([
        `--proxy-server=http://${address}`,
        `--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE ${host}`,
      ]),
    );
  });
});
