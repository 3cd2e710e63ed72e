import { parseSettings } from '../../../src/config/parse-settings.js';
import { Secrets } from '../../../src/config/secrets.js';
import { CountedJobs } from '../../../src/intake/counted-jobs.js';
import { type Arrival, Intake } from '../../../src/intake/intake.js';
import { JobTokens } from '../../../src/jobs/job-tokens.js';
import { JobsService } from '../../../src/jobs/jobs.service.js';
import { RateLimits } from '../../../src/limits/rate-limits.js';
import { RequestValidator } from '../../../src/validation/request-validator.js';
import { type TemporaryStorage, temporaryStorage } from '../../support/sqlite-storage.js';
import { TestClock } from '../../support/test-clock.js';
import { FakeQueue } from '../pipeline/fake-dependencies.js';

const RULES = { refusesUnknown: true };
const LATER = { query: 'red panda', date: '2026-11-24', time: '09:00', timeZone: 'Europe/Vienna' };
const HOUR_MS = 3_600_000;

describe('the intake', () => {
  let storage: TemporaryStorage;
  let clock: TestClock;
  let queue: FakeQueue;
  let intake: Intake;

  beforeEach(async () => {
    storage = await temporaryStorage();
    clock = new TestClock(Date.parse('2026-11-24T07:00:00Z')).stop();
    queue = new FakeQueue();
    const { settings } = parseSettings({ RATE_BURST: '1/1h', RATE_PER_CLIENT: '1/1h' });
    const jobs = new JobsService(storage.jobs, queue, clock, new JobTokens(new Secrets(['s'])), settings);
    const limits = new RateLimits(settings);
    intake = new Intake(new RequestValidator(clock, settings), jobs, new CountedJobs(jobs, limits), limits);
  });
  afterEach(() => storage.remove());

  const arrival = (key: string | null): Arrival => ({
    door: 'api',
    sender: key === null ? null : { requester: 'ana', key },
    counted: [{ kind: 'client', key: 'ana' }],
  });

  it('makes one job of the same request with the same key, even if the limit is reached', async () => {
    const first = await intake.take({ query: 'red panda', count: '5' }, RULES, arrival('once'));
    const again = await intake.take({ query: 'red panda', count: '5' }, RULES, arrival('once'));
    expect(first).toMatchObject({ ok: true, job: { state: 'scheduled' } });
    expect(again).toEqual(first);
  });

  it('finds the job of a request whose time is over by now', async () => {
    const first = await intake.take({ ...LATER, count: '5' }, RULES, arrival('timed'));
    clock.advance(2 * HOUR_MS);
    expect(await intake.take({ ...LATER, count: '5' }, RULES, arrival('timed'))).toEqual(first);
    const other = await intake.take({ ...LATER, count: '5' }, RULES, arrival('another'));
    expect(other).toMatchObject({ ok: false, problems: [{ field: 'time' }] });
  });

  it('reports the problems of a request and counts nothing for it', async () => {
    const wrong = await intake.take({ query: '', count: '5' }, RULES, arrival('wrong'));
    expect(wrong).toMatchObject({ ok: false, problems: [{ field: 'query' }] });
    expect(await intake.take({ query: 'red panda', count: '5' }, RULES, arrival('right'))).toMatchObject({
      ok: true,
    });
  });

  it('refuses a request over the limit, and one without a key before reading it', async () => {
    await intake.take({ query: 'red panda', count: '5' }, RULES, arrival('first'));
    const over = intake.take({ query: 'okapi', count: '5' }, RULES, arrival('second'));
    await expect(over).rejects.toMatchObject({ code: 'limits.reached' });
    const unread = intake.take({ query: '' }, RULES, arrival(null));
    await expect(unread).rejects.toMatchObject({ code: 'limits.reached' });
  });
});
