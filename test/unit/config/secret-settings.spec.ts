import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError } from '../../../src/config/parse-settings.js';
import { idleSecretFiles, withSecretFiles } from '../../../src/config/secret-settings.js';

describe('a secret in a file', () => {
  let folder: string;
  let path: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'secrets-'));
    path = join(folder, 'smtp');
    writeFileSync(path, 'smtp://me:pass@mail.example\n');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is the value of its setting', () => {
    expect(withSecretFiles({ SMTP_URL_FILE: path })).toMatchObject({
      SMTP_URL: 'smtp://me:pass@mail.example',
    });
  });

  it('gives way to a value of the setting itself', () => {
    expect(withSecretFiles({ SMTP_URL_FILE: path, SMTP_URL: 'smtp://other' })).toMatchObject({
      SMTP_URL: 'smtp://other',
    });
  });

  it('is not read if the setting is no secret', () => {
    expect(withSecretFiles({ PORT_FILE: path })).toEqual({ PORT_FILE: path });
  });

  it('is a problem with its name if it cannot be read', () => {
    const attempt = (): unknown => withSecretFiles({ SECRET_FILE: join(folder, 'absent') });
    expect(attempt).toThrow(ConfigurationError);
    expect(attempt).toThrow(/SECRET_FILE: the file cannot be read/);
  });

  it('is named with the reason if it is not read', () => {
    expect(idleSecretFiles({ SMTP_URL_FILE: path, SECRET: '', SECRET_FILE: path, PORT: '1' })).toEqual([]);
    expect(
      idleSecretFiles({ SMTP_URL_FILE: path, SMTP_URL: 'smtp://other', MAIL_FROM_FILE: path, X_FILE: path }),
    ).toEqual([
      'SMTP_URL_FILE has no effect, because SMTP_URL is set.',
      'MAIL_FROM_FILE has no effect: only secrets are read from files.',
    ]);
  });
});
