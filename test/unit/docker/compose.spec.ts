import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSettings } from '../../../src/config/parse-settings.js';
import { withSecretFiles } from '../../../src/config/secret-settings.js';
import { SETTINGS } from '../../../src/config/settings.js';
import { readComposeFile } from '../../support/compose-file.js';

/** Time a service needs to hand back its running jobs. */
const HAND_BACK_S = 10;

const { services, volumes = {} } = readComposeFile('docker-compose.yml');
const ours = Object.entries(services).filter(([, { build }]) => build !== undefined);
const named = (mounts: readonly string[] = []): string[] => mounts.map((mount) => mount.split(':')[0] ?? '');

describe('docker-compose.yml', () => {
  it('starts the service on SQLite with a mail catcher, and another on Cassandra by a profile', () => {
    const started = (profile: string | null): string[] =>
      Object.entries(services)
        .filter(([, { profiles }]) => profiles === undefined || profiles.includes(profile ?? ''))
        .map(([name]) => name);
    expect(started(null)).toEqual(['image-job', 'mail']);
    expect(started('cassandra')).toEqual(['image-job', 'mail', 'image-job-cassandra', 'cassandra']);
    expect(services['image-job']?.environment).not.toHaveProperty('STORE');
    expect(services['image-job-cassandra']?.environment).toMatchObject({ STORE: 'cassandra' });
    expect(services['image-job-cassandra']?.depends_on).toMatchObject({
      cassandra: { condition: 'service_healthy' },
    });
  });

  it.each(Object.entries(services))('runs %s without privileges, with a health check', (_name, service) => {
    expect(service.user).toMatch(/^(?!0|root)\w/);
    expect(service.cap_drop).toEqual(['ALL']);
    expect(service.security_opt).toContain('no-new-privileges:true');
    expect(service.healthcheck?.test[0]).toBe('CMD');
  });

  it.each(ours)('gives %s a read-only root, shared memory for Chrome, and time to stop', (_name, service) => {
    expect(service).toMatchObject({ init: true, read_only: true, shm_size: '1gb' });
    expect(named(service.tmpfs)).toEqual(['/tmp', '/home/node']);
    expect(Number(service.stop_grace_period?.replace(/s$/, ''))).toBeGreaterThan(2 * HAND_BACK_S);
  });

  it.each(ours)('sets only existing settings of %s, to valid values', (_name, { environment = {} }) => {
    const known = Object.values(SETTINGS).map(({ name }) => name);
    expect(Object.keys(environment).filter((name) => !known.includes(name))).toEqual([]);
    expect(parseSettings(environment).warnings).toEqual([]);
  });

  it('keeps records, archives and tables in separate named volumes', () => {
    const used = Object.values(services).flatMap((service) => named(service.volumes));
    expect(used.toSorted()).toEqual(Object.keys(volumes).toSorted());
    expect(new Set(used).size).toBe(used.length);
  });

  it('is reachable only from this machine, at the addresses in PUBLIC_URL', () => {
    for (const [, { ports = [], environment }] of ours) {
      const [, published, inside] = /^127\.0\.0\.1:(\d+):(\d+)$/.exec(ports[0] ?? '') ?? [];
      expect(inside).toBe('3000');
      expect(environment).toMatchObject({ PUBLIC_URL: `http://localhost:${published}` });
    }
    for (const { ports = [] } of Object.values(services))
      for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  it('allows all system calls that the sandbox of Chrome makes', () => {
    const [, path = ''] = ours[0]?.[1].security_opt?.[1]?.split(':') ?? [];
    const { syscalls } = JSON.parse(readFileSync(path, 'utf8')) as { syscalls: { names: string[] }[] };
    const refused = syscalls.flatMap(({ names }) => names);
    expect(new Set(refused).size).toBe(refused.length);
    expect(refused).toContain('mount');
    for (const needed of ['clone', 'clone3', 'unshare', 'setns', 'chroot', 'seccomp', 'prctl'])
      expect(refused).not.toContain(needed);
  });
});

describe('docker/secrets.yml', () => {
  const { services: changed, secrets = {} } = readComposeFile('docker/secrets.yml');
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'compose-secrets-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it.each(Object.entries(changed))(
    'lets %s read its secrets from files',
    (name, { environment, ...more }) => {
      expect(more.secrets).toEqual(Object.keys(secrets));
      for (const [secret, { file }] of Object.entries(secrets)) {
        expect(file).toBe(`./docker/secrets/${secret}`);
        writeFileSync(join(folder, secret), secret === 'smtp_url' ? 'smtp://me:pass@host' : 'x'.repeat(32));
      }
      const merged = Object.entries({ ...services[name]?.environment, ...environment });
      const mounted = merged.map(([key, value]) => [key, value.replace('/run/secrets', folder)] as const);
      const { settings } = parseSettings(withSecretFiles(Object.fromEntries(mounted)));
      expect(settings).toMatchObject({ smtpUrl: 'smtp://me:pass@host', secret: 'x'.repeat(32) });
    },
  );
});
