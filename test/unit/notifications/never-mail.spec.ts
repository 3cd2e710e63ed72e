import { Secrets } from '../../../src/config/secrets.js';
import { NeverMailTokens } from '../../../src/expiry/never-mail-tokens.js';
import { NeverMail } from '../../../src/notifications/consent/never-mail.js';
import { type TemporaryStorage, temporaryStorage } from '../../support/sqlite-storage.js';
import { TestClock } from '../../support/test-clock.js';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SQLITE_FILE } from '../../../src/storage/sqlite/open-sqlite.js';

const NEW = new Secrets(['new', 'old']);
const OLD = new Secrets(['old']);

describe('NeverMail', () => {
  let storage: TemporaryStorage;
  beforeEach(async () => {
    storage = await temporaryStorage();
  });
  afterEach(() => storage.remove());

  const neverMailWith = (secrets: Secrets) =>
    new NeverMail(storage.keyed, new NeverMailTokens(secrets), secrets, new TestClock());

  it('refuses the address of the token, whatever its case, and no other', async () => {
    const never = neverMailWith(OLD);
    expect(await never.refuse(new NeverMailTokens(OLD).make('Ann@Example.org'))).toBe(true);
    expect(await never.isRefused('ann@example.ORG')).toBe(true);
    expect(await never.isRefused('anna@example.org')).toBe(false);
  });

  it('knows a refusal from before the secret was changed', async () => {
    await neverMailWith(OLD).refuse(new NeverMailTokens(OLD).make('ann@example.org'));
    expect(await neverMailWith(NEW).isRefused('ann@example.org')).toBe(true);
    expect(neverMailWith(NEW).isValid(new NeverMailTokens(OLD).make('ann@example.org'))).toBe(true);
  });

  it('refuses forged tokens', async () => {
    const never = neverMailWith(OLD);
    const foreign = new NeverMailTokens(new Secrets(['foreign'])).make('ann@example.org');
    expect(never.isValid(foreign)).toBe(false);
    expect(await never.refuse(foreign)).toBe(false);
    expect(await never.isRefused('ann@example.org')).toBe(false);
  });

  it('stores no address', async () => {
    await neverMailWith(OLD).refuse(new NeverMailTokens(OLD).make('ann@example.org'));
    await storage.jobs.compact();
    const file = await readFile(join(storage.dataDir, SQLITE_FILE), 'latin1');
    expect(file).toContain('never_mail');
    expect(file).not.toContain('ann@');
  });
});
