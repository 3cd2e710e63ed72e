import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSecrets } from '../../../src/config/secret-file.js';
import { Secrets } from '../../../src/config/secrets.js';

describe('the secret', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'secret-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  it('is created once, readable by its owner alone, and found again', () => {
    const settings = { secret: null, previousSecrets: [], dataDir: join(dataDir, 'new') };
    const first = loadSecrets(settings).current('x');
    expect(loadSecrets(settings).current('x')).toEqual(first);
    expect(statSync(join(settings.dataDir, 'secret')).mode & 0o777).toBe(0o600);
    expect(readdirSync(settings.dataDir)).toEqual(['secret']);
  });

  it('comes from the settings if it is set there', () => {
    const secrets = loadSecrets({ secret: 'given', previousSecrets: ['old'], dataDir });
    expect(secrets.current('x')).toEqual(new Secrets(['given']).current('x'));
    expect(secrets.all('x')).toEqual([...new Secrets(['given']).all('x'), ...new Secrets(['old']).all('x')]);
    expect(readdirSync(dataDir)).toEqual([]);
  });

  it('gives each purpose its own key', () => {
    const secrets = new Secrets(['a']);
    expect(secrets.current('link')).not.toEqual(secrets.current('job-id'));
    expect(secrets.current('link')).toHaveLength(32);
  });
});
