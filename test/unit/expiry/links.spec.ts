import { Secrets } from '../../../src/config/secrets.js';
import { ConfirmTokens } from '../../../src/expiry/confirm-tokens.js';
import { Links } from '../../../src/expiry/links.js';
import { ListeningAddress } from '../../../src/expiry/listening-address.js';
import { NeverMailTokens } from '../../../src/expiry/never-mail-tokens.js';
import { RetryLinks } from '../../../src/expiry/retry-link.js';
import { JobTokens } from '../../../src/jobs/job-tokens.js';
import { idOf, sampleRequest } from '../../support/sample-jobs.js';
import { TestClock } from '../../support/test-clock.js';

const SECRETS = new Secrets(['secret']);
const JOBS = new JobTokens(SECRETS);
const ID = idOf('linked');

const addressOf = (publicUrl: string | null, host = '127.0.0.1', port = 3000) =>
  new ListeningAddress({ publicUrl, host, port });

const linksOf = (address: ListeningAddress) =>
  new Links(
    address,
    JOBS,
    new RetryLinks(SECRETS, new TestClock()),
    new NeverMailTokens(SECRETS),
    new ConfirmTokens(SECRETS),
  );

const lastOf = (url: string) => url.split('/').at(-1) ?? '';

describe('ListeningAddress', () => {
  it.each([
    [null, '127.0.0.1', 'http://localhost:3000'],
    [null, '0.0.0.0', 'http://localhost:3000'],
    [null, '::', 'http://localhost:3000'],
    [null, '::1', 'http://localhost:3000'],
    [null, '10.0.0.7', 'http://10.0.0.7:3000'],
    [null, 'fd00::7', 'http://[fd00::7]:3000'],
    ['https://images.example/app', '127.0.0.1', 'https://images.example/app'],
  ])('with PUBLIC_URL %j and HOST %s returns %s', (publicUrl, host, expected) => {
    expect(addressOf(publicUrl, host).baseUrl()).toBe(expected);
  });

  it('knows the actual port if any was allowed', () => {
    const address = addressOf(null, '127.0.0.1', 0);
    address.listensOn(40_123);
    expect(address.baseUrl()).toBe('http://localhost:40123');
  });
});

describe('Links', () => {
  const links = linksOf(addressOf('https://images.example/app'));

  it('builds addresses below the public address', () => {
    expect(links.home()).toBe('https://images.example/app/');
    expect(links.jobPage(ID)).toMatch(/^https:\/\/images\.example\/app\/jobs\/[\w-]{32}$/);
    expect(links.download(ID)).toMatch(/^https:\/\/images\.example\/app\/d\/[\w-]{32}$/);
    expect(links.again(sampleRequest(0))).toMatch(/^https:\/\/images\.example\/app\/again\/[\w-]+$/);
    expect(links.neverMail('a@b.example')).toMatch(/^https:\/\/images\.example\/app\/never-mail\/[\w-]+$/);
    expect(links.confirmMail('a@b.example', ID)).toMatch(/^https:\/\/[.\w]+\/app\/confirm-mail\/[\w-]+$/);
  });

  it('names the archive after the query, in ASCII', () => {
    expect(links.archive(ID, 'Größte 熊猫/../x')).toBe(`${links.download(ID)}/grosste-xiongmao-x.zip`);
  });

  it('gives others the pictures, but not control of the job', () => {
    expect(JOBS.readLinkToken(lastOf(links.download(ID)))).toBe(ID);
    expect(JOBS.readPublicId(lastOf(links.download(ID)))).toBeNull();
    expect(JOBS.readPublicId(lastOf(links.jobPage(ID)))).toBe(ID);
  });

  it('does not reveal the address that a link is for', () => {
    const never = lastOf(links.neverMail('ann@example.org'));
    const confirm = lastOf(links.confirmMail('ann@example.org', ID));
    expect(new NeverMailTokens(SECRETS).open(never)).toBe('ann@example.org');
    expect(new ConfirmTokens(SECRETS).open(confirm)).toEqual({ address: 'ann@example.org', jobId: ID });
    for (const token of [never, confirm])
      expect(Buffer.from(token, 'base64url').toString('latin1')).not.toMatch(/ann|linked/);
  });

  it('makes tokens that open for one purpose only', () => {
    const never = lastOf(links.neverMail('ann@example.org'));
    const confirm = lastOf(links.confirmMail('ann@example.org', ID));
    expect(new ConfirmTokens(SECRETS).open(never)).toBeNull();
    expect(new NeverMailTokens(SECRETS).open(confirm)).toBeNull();
    expect(new ConfirmTokens(new Secrets(['foreign'])).open(confirm)).toBeNull();
  });
});
