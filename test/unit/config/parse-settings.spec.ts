import { ConfigurationError, parseSettings } from '../../../src/config/parse-settings.js';

describe('the settings', () => {
  it('have defaults for a first start', () => {
    const { settings, warnings } = parseSettings({});
    expect(settings).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      dataDir: './data',
      linkTtlMs: 24 * 3_600_000,
      maxImages: 500,
      maxAheadMs: 366 * 86_400_000,
      jobConcurrency: 2,
      maxImageBytes: 20_000_000,
      maxJobBytes: 2_000_000_000,
      publicUrl: null,
      smtpUrl: null,
    });
    expect(warnings).toEqual([]);
  });

  it('read units, lists and words', () => {
    const { settings } = parseSettings({
      LINK_TTL: '90s',
      MAX_IMAGE_BYTES: '5 MiB',
      ALLOW_PRIVATE_HOSTS: ' 127.0.0.1:8080, replica.test ,',
      ROLES: 'worker, web',
      TRUST_PROXY: 'yes',
      PUBLIC_URL: 'https://images.example/',
    });
    expect(settings.linkTtlMs).toBe(90_000);
    expect(settings.maxImageBytes).toBe(5 * 1024 * 1024);
    expect(settings.allowPrivateHosts).toEqual(['127.0.0.1:8080', 'replica.test']);
    expect(settings.roles).toEqual(['worker', 'web']);
    expect(settings.trustProxy).toBe(true);
    expect(settings.publicUrl).toBe('https://images.example');
  });

  it('report every problem at once, each with the expected value', () => {
    expect.assertions(5);
    try {
      parseSettings({
        PORT: '70000',
        LINK_TTL: 'a day',
        STORE: 'mongo',
        MAX_IMAGES: '501',
        PUBLIC_URL: 'ftp://x',
      });
    } catch (error) {
      const { problems } = error as ConfigurationError;
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(problems).toHaveLength(5);
      expect(problems.join('\n')).toContain('PORT: "70000" must be a whole number from 0 to 65535.');
      expect(problems.join('\n')).toContain('LINK_TTL: "a day" must be a number with its unit');
      expect(problems.join('\n')).toContain('STORE: "mongo" must be one of sqlite');
    }
  });

  it('never show the value of a secret in a problem', () => {
    expect(() => parseSettings({ SMTP_URL: 'smpt://me:hunter2@mail' })).toThrow(ConfigurationError);
    expect(() => parseSettings({ SMTP_URL: 'smpt://me:hunter2@mail' })).not.toThrow(/hunter2/);
  });

  it('take an empty text as absent', () => {
    expect(parseSettings({ PORT: '', PUBLIC_URL: '  ' }).settings).toMatchObject({
      port: 3000,
      publicUrl: null,
    });
  });

  it.each([
    ['SMPT_URL', 'SMTP_URL'],
    ['LINKTTL', 'LINK_TTL'],
    ['smtp_url', 'SMTP_URL'],
    ['DATA_DRI', 'DATA_DIR'],
  ])('ask about %s whether %s was meant', (written, meant) => {
    const { warnings } = parseSettings({ [written]: 'x' });
    expect(warnings).toEqual([`${written} is not a setting; did you mean ${meant}?`]);
  });

  it.each(['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy'])(
    'say that %s is not used, without its value',
    (name) => {
      const { warnings } = parseSettings({ [name]: 'http://me:hunter2@proxy.test:3128' });
      expect(warnings).toEqual([`${name} has no effect: Image Job reaches everything directly.`]);
      expect(parseSettings({ [name]: '' }).warnings).toEqual([]);
    },
  );

  it('do not warn about the names of other programs', () => {
    const others = { HOME: '/', HOSTNAME: 'x', PATH: '/bin', LANG: 'C', SHLVL: '1', PWD: '/', PS1: '$' };
    expect(parseSettings(others).warnings).toEqual([]);
  });

  it.each([
    ['PUBLIC_URL', 'https://images.example/base', 'the root of a host only'],
    ['PUBLIC_URL', 'https://images.example/?x', 'the root of a host only'],
    ['MAIL_FROM', 'Image Job', 'must be one address'],
    ['MAIL_FROM', 'a@example.org, b@example.org', 'must be one address'],
    ['MAIL_FROM', 'Image Job <a@example.org> <b@example.org>', 'must be one address'],
  ])('refuse %s=%s', (name, value, problem) => {
    expect(() => parseSettings({ [name]: value })).toThrow(problem);
  });

  it.each(['images@example.org', 'Image Job <images@example.org>', '<images@localhost>'])(
    'take %s as the sender',
    (sender) => {
      expect(parseSettings({ MAIL_FROM: sender }).settings.mailFrom).toBe(sender);
    },
  );

  it.each(['web', 'worker', 'bots', 'worker,bots'])(
    'refuse to split off ROLES=%s on one machine',
    (roles) => {
      expect(() => parseSettings({ ROLES: roles })).toThrow(
        `ROLES: "${roles}" needs web and worker in one process, because of STORE=sqlite, QUEUE=embedded, ARCHIVES=disk.`,
      );
    },
  );

  it('allow a process without the bots', () => {
    expect(parseSettings({ ROLES: 'web,worker' }).settings.roles).toEqual(['web', 'worker']);
  });

  it('report values without effect and what they need', () => {
    const { warnings } = parseSettings({
      CASSANDRA_KEYSPACE: 'pictures',
      CASSANDRA_TLS_CA: '/ca.pem',
      SLACK_SIGNING_SECRET: 'secret',
      CANARY_QUERY: '',
    });
    expect(warnings).toEqual([
      'CASSANDRA_KEYSPACE has no effect without STORE=cassandra.',
      'CASSANDRA_TLS_CA has no effect without STORE=cassandra.',
      'SLACK_SIGNING_SECRET has no effect without SLACK_BOT_TOKEN.',
    ]);
    const whole = {
      STORE: 'cassandra',
      CASSANDRA_KEYSPACE: 'pictures',
      CASSANDRA_TLS: 'true',
      CASSANDRA_TLS_CA: 'ca',
    };
    expect(parseSettings(whole).warnings).toEqual([]);
  });
});
