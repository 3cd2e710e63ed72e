import { ENGINE_SETTINGS, enginesSetting } from './engine-settings.js';
import { type Setting, setting } from './setting.js';
import { contactPoints, keyspaceName, replication } from './cassandra-values.js';
import {
  choices,
  choice,
  duration,
  flag,
  integer,
  list,
  mailbox,
  rate,
  site,
  size,
  text,
  url,
} from './values.js';

/** Whether a setting without a default may be null: decided by the type of `fallback`. */
type ValueOf<S> = S extends Setting<infer T> ? (S['fallback'] extends string ? T : T | null) : never;

const SECOND = 1000;
const DAY = 86_400_000;
const YEARS = 10 * 366 * DAY;
const httpUrl = url(['http', 'https']);
const secret = { isSecret: true };

/** Every setting; the product reads no other environment variable. */
export const SETTINGS = {
  port: setting('PORT', integer(0, 65_535), '3000', 'port of the web server; 0 takes a free one'),
  host: setting('HOST', text, '127.0.0.1', 'address the web server listens on'),
  publicUrl: setting('PUBLIC_URL', site, null, 'address people reach the service by; links begin with it'),
  dataDir: setting('DATA_DIR', text, './data', 'folder of records, archives, mails and the secret'),
  secret: setting('SECRET', text, null, 'signs links; made on first start and kept in DATA_DIR', secret),
  previousSecrets: setting('SECRET_PREVIOUS', list, '', 'earlier secrets that still verify links', secret),
  contact: setting('CONTACT', text, null, 'address or page for site owners, in the User-Agent'),
  roles: setting('ROLES', choices('web', 'worker', 'bots'), 'web,worker,bots', 'what this process does'),
  linkTtlMs: setting('LINK_TTL', duration(SECOND, 365 * DAY), '24h', 'how long a link works after the end'),
  maxImages: setting('MAX_IMAGES', integer(1, 500), '500', 'most images one search may ask for'),
  maxJobImages: setting(
    'MAX_JOB_IMAGES',
    integer(1, 10_000),
    null,
    'most images all searches of a job may ask for together; none: MAX_IMAGES',
  ),
  maxAheadMs: setting('MAX_AHEAD', duration(SECOND, YEARS), '366d', 'how far ahead a job may be scheduled'),
  jobConcurrency: setting('JOB_CONCURRENCY', integer(1, 64), '2', 'jobs that run at a time'),
  downloadConcurrency: setting('DOWNLOAD_CONCURRENCY', integer(1, 256), '32', 'downloads at a time, per job'),
  downloadsPerHost: setting('DOWNLOADS_PER_HOST', integer(1, 64), '6', 'downloads at a time from one host'),
  maxImageBytes: setting('MAX_IMAGE_BYTES', size(1000), '20MB', 'largest image that is downloaded'),
  maxJobBytes: setting('MAX_JOB_BYTES', size(1000), '2GB', 'most bytes of images in one job'),
  decodeMemoryBytes: setting(
    'DECODE_MEMORY',
    size(64e6),
    '512MB',
    'what large images may take in memory while they are decoded or converted; larger ones are refused',
  ),
  engines: enginesSetting,
  ...ENGINE_SETTINGS,
  searchPauseMs: setting(
    'SEARCH_PAUSE',
    duration(0, 10 * 60 * SECOND),
    '3s',
    'pause between the first pages of two searches at one engine, for all jobs of this process',
  ),
  canaryIntervalMs: setting(
    'CANARY_INTERVAL',
    duration(SECOND, 30 * DAY),
    null,
    'how often each engine is searched a little, to see that it still can be read; none: never',
  ),
  canaryQuery: setting('CANARY_QUERY', text, 'cat', 'what that small search is for'),
  browserPath: setting('BROWSER_PATH', text, null, 'Chrome or Chromium; found by itself where usual'),
  driverPath: setting('DRIVER_PATH', text, null, 'chromedriver; found by itself where usual'),
  browserSandbox: setting(
    'BROWSER_SANDBOX',
    choice('preferred', 'required'),
    'preferred',
    'whether Chrome may run without its sandbox on a machine that allows it none',
  ),
  allowPrivateHosts: setting('ALLOW_PRIVATE_HOSTS', list, '', 'host[:port] that may be private addresses'),
  allowFakeIp: setting(
    'ALLOW_FAKE_IP',
    flag,
    'false',
    'whether names may resolve to 198.18.0.0/15 and fc00::/18, for a fake-ip proxy',
  ),
  smtpUrl: setting(
    'SMTP_URL',
    url(['smtp', 'smtps'], true),
    null,
    'mail server, smtp[s]://user:pass@host',
    secret,
  ),
  mailFrom: setting('MAIL_FROM', mailbox, 'Image Job <image-job@localhost>', 'sender of the notices'),
  confirmEmail: setting(
    'CONFIRM_EMAIL',
    flag,
    'false',
    'whether an address is asked by a first mail before it gets any notice',
  ),
  store: setting('STORE', choice('sqlite', 'cassandra'), 'sqlite', 'where records live'),
  cassandraContactPoints: setting(
    'CASSANDRA_CONTACT_POINTS',
    contactPoints,
    '127.0.0.1:9042',
    'nodes to ask first',
  ),
  cassandraDatacenter: setting('CASSANDRA_DATACENTER', text, 'datacenter1', 'data centre of this process'),
  cassandraKeyspace: setting('CASSANDRA_KEYSPACE', keyspaceName, 'image_job', 'created where absent'),
  cassandraReplication: setting('CASSANDRA_REPLICATION', replication, '1', 'copies in a new keyspace'),
  cassandraUsername: setting('CASSANDRA_USERNAME', text, null, 'user, where the nodes ask for one'),
  cassandraPassword: setting('CASSANDRA_PASSWORD', text, null, 'password of that user', secret),
  cassandraTls: setting('CASSANDRA_TLS', flag, 'false', 'whether the nodes are spoken to by TLS'),
  cassandraTlsCa: setting('CASSANDRA_TLS_CA', text, null, 'file of the certificate that signed theirs'),
  queue: setting('QUEUE', choice('embedded'), 'embedded', 'what starts jobs when they are due'),
  archives: setting('ARCHIVES', choice('disk'), 'disk', 'where the zips live'),
  slackBotToken: setting('SLACK_BOT_TOKEN', text, null, 'bot token of the Slack app, xoxb-…', secret),
  slackSigningSecret: setting(
    'SLACK_SIGNING_SECRET',
    text,
    null,
    'verifies what Slack sends over HTTP',
    secret,
  ),
  slackAppToken: setting('SLACK_APP_TOKEN', text, null, 'opens Socket Mode instead of HTTP, xapp-…', secret),
  slackApiUrl: setting(
    'SLACK_API_URL',
    httpUrl,
    'https://slack.com/api',
    'base address of the Slack Web API',
  ),
  discordToken: setting('DISCORD_TOKEN', text, null, 'bot token of the Discord app', secret),
  discordAppId: setting('DISCORD_APP_ID', text, null, 'id of the Discord app; asked for where not set'),
  discordApiUrl: setting(
    'DISCORD_API_URL',
    httpUrl,
    'https://discord.com/api',
    'base address of the Discord API',
  ),
  discordGuildId: setting('DISCORD_GUILD_ID', text, null, 'server that alone gets the commands, to develop'),
  ratePerPerson: setting('RATE_PER_PERSON', rate, '100/1h', 'jobs a chat user may ask for'),
  ratePerWorkspace: setting('RATE_PER_WORKSPACE', rate, '1000/1h', 'jobs a chat workspace may ask for'),
  rateBurst: setting('RATE_BURST', rate, '20/1m', 'jobs a client address may ask for in a short time'),
  ratePerClient: setting('RATE_PER_CLIENT', rate, '120/1h', 'jobs a client address (IPv6: /56) may ask for'),
  ratePerAddress: setting('RATE_PER_ADDRESS', rate, '20/1h', 'jobs that may tell one e-mail address'),
  ratePerDomain: setting('RATE_PER_DOMAIN', rate, '2000/1h', 'jobs that may tell one e-mail domain'),
  rateOverall: setting('RATE_OVERALL', rate, '20000/1h', 'jobs that everybody together may ask for'),
  trustProxy: setting(
    'TRUST_PROXY',
    flag,
    'false',
    'whether X-Forwarded-* of the proxy in front is believed',
  ),
  logLevel: setting(
    'LOG_LEVEL',
    choice('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
    'info',
    'least level that is logged',
  ),
} as const;

type SettingKey = keyof typeof SETTINGS;

/** The validated settings of this process. */
export type Settings = { readonly [K in SettingKey]: ValueOf<(typeof SETTINGS)[K]> };

/** Nest injection token of the Settings. */
export const SETTINGS_TOKEN = Symbol('Settings');
