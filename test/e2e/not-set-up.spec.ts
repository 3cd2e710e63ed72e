import { openSqlite } from '../../src/storage/sqlite/open-sqlite.js';
import { idOf, sampleJob } from '../support/sample-jobs.js';
import { Service } from '../support/service/service.ts';
import { until } from '../support/until.ts';

/** The answer of /readyz. */
interface Readiness {
  readonly status: string;
  readonly details: Readonly<Record<string, { readonly status: string; readonly message?: string }>>;
}

describe('a service whose channel and engine were removed after a job was requested', () => {
  let service: Service;

  beforeAll(async () => {
    service = await Service.prepare({ settings: { ENGINES: 'commons', SLACK_BOT_TOKEN: null } });
    const storage = await openSqlite(service.dataDir);
    const recipients = [
      { channel: 'slack', address: 'T1/C1/U1' },
      { channel: 'email', address: 'ana@example.org' },
    ] as const;
    for (const name of ['one', 'two'])
      await storage.jobs.submit(sampleJob(name, Date.now(), { engines: ['bing'], recipients }));
    await storage.close();
    await service.startAgain();
  }, 120_000);
  afterAll(() => service?.remove());

  const readiness = async (): Promise<Readiness> => {
    const answer = await fetch(`${service.url}/readyz`);
    expect(answer.status).toBe(200);
    return (await answer.json()) as Readiness;
  };

  it('says so on /readyz and keeps running', async () => {
    const { status, details } = await until('both are known to be missing', async () => {
      const now = await readiness();
      return (
        now.details['channels']?.status === 'degraded' && now.details['engines']?.status === 'degraded' && now
      );
    });
    expect(status).toBe('degraded');
    expect(details).toMatchObject({
      store: { status: 'up' },
      channels: { message: 'asked for by jobs, but not set up here: slack' },
      engines: { message: 'asked for by jobs, but not set up here: bing' },
    });
  });

  it('tells the user the real reason, by the other channel too', async () => {
    const mails = await until('both mails', async () => {
      const page = await (await fetch(`${service.url}/mail`)).text();
      return page.split('No images of').length > 2 && page;
    });
    expect(mails).toContain('red panda');
    const storage = await openSqlite(service.dataDir);
    for (const name of ['one', 'two'])
      expect(await storage.jobs.get(idOf(name))).toMatchObject({
        state: 'failed',
        cause: { code: 'source.not_available', context: { engine: 'bing' } },
      });
    await storage.close();
  });

  it('warns the operator once about each', () => {
    const warnings = service.log.filter((line) => line.includes('not set up here'));
    expect(warnings.filter((line) => line.includes('"channel":"slack"'))).toHaveLength(1);
    expect(warnings.filter((line) => line.includes('"engine":"bing"'))).toHaveLength(1);
    expect(warnings).toHaveLength(2);
  });
});
