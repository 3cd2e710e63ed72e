import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { NeverMailTokens } from '../../../src/expiry/never-mail-tokens.js';
import type { Job, JobRequest } from '../../../src/jobs/job.js';
import { Jitter } from '../../../src/notifications/notice-backoff.js';
import { NeverMail } from '../../../src/notifications/consent/never-mail.js';
import type { NoticeChannels } from '../../../src/notifications/notice-channels.js';
import type { Notifier } from '../../../src/notifications/notifier.port.js';
import { Outbox } from '../../../src/notifications/outbox.js';
import { OutboxPump } from '../../../src/notifications/outbox-pump.js';
import { openSqlite } from '../../../src/storage/sqlite/open-sqlite.js';
import type { Storage } from '../../../src/storage/storage.js';
import { sampleJob } from '../../support/sample-jobs.js';
import { ScriptedNotifier } from '../../support/mail/scripted-notifier.js';
import { type TemporaryStorage, temporaryStorage } from '../../support/sqlite-storage.js';
import { TestClock } from '../../support/test-clock.js';
import { channelsOf, consentOf, DUE, HOUR_MS, SECRETS } from './samples.js';

const NEVER = new AbortController().signal;

class NoJitter extends Jitter {
  override spread(ms: number): number {
    return ms;
  }
}

describe('the outbox', () => {
  let storage: TemporaryStorage;
  let clock: TestClock;
  let notifier: ScriptedNotifier;
  let outbox: Outbox;
  let neverMail: NeverMail;
  const tokens = new NeverMailTokens(SECRETS);

  beforeEach(async () => {
    storage = await temporaryStorage();
    clock = new TestClock(DUE).stop();
    notifier = new ScriptedNotifier('email', consentOf(storage.keyed, clock));
    neverMail = new NeverMail(storage.keyed, tokens, SECRETS, clock);
    outbox = new Outbox(storage.jobs, clock, new NoJitter(), channelsOf(clock, [notifier]));
  });
  afterEach(() => storage.remove());

  const begun = async (request: Partial<JobRequest> = {}): Promise<Job> => {
    const given = sampleJob('told', DUE, request);
    await storage.jobs.submit(given);
    const job = await storage.jobs.begin(given.id, 0, clock.now());
    if (job === null) throw new Error('the job did not begin');
    return job;
  };
  const finish = (job: Job, state: 'ready' | 'failed') =>
    storage.jobs.finish(job.id, job.epoch, {
      at: clock.now(),
      expiresAt: clock.now() + 24 * HOUR_MS,
      shortfall: [],
      ...(state === 'ready'
        ? { state, delivered: 3, archive: { name: `${job.id}/1.zip`, bytes: 1, sha256: '00' } }
        : { state, cause: { code: 'source.blocked', context: {} } }),
    });
  const statuses = async (job: Job) =>
    (await storage.jobs.notices(job.id)).map(({ slot, status }) => `${slot} ${status}`).toSorted();

  it('claims a notice only when the notifier sends it', async () => {
    const job = await begun();
    const seen: string[][] = [];
    notifier.before = async () => void seen.push(await statuses(job));
    notifier.meanwhile = async () => void seen.push(await statuses(job));
    await outbox.deliver(job.id, NEVER);
    expect(seen).toEqual([['start pending'], ['start sending']]);
  });

  it('tries again if the notifier failed before sending', async () => {
    const job = await begun();
    notifier.before = async () => {
      throw new Error('not now');
    };
    await outbox.deliver(job.id, NEVER);
    expect(await statuses(job)).toEqual(['start pending']);
    notifier.before = async () => {};
    clock.advance(2000);
    await outbox.deliver(job.id, NEVER);
    expect(await statuses(job)).toEqual(['start sent']);
  });

  it('keeps a notice back if its job is cancelled while the conversation begins', async () => {
    const job = await begun();
    notifier.before = async () =>
      void (await storage.jobs.cancel(job.id, clock.now(), clock.now() + HOUR_MS));
    await outbox.deliver(job.id, NEVER);
    expect(notifier.seen).toEqual([]);
    expect(await statuses(job)).toEqual(['start dropped']);
  });

  it('sends a notice once that is found twice, and both callers wait for it', async () => {
    const job = await begun();
    const gate = Promise.withResolvers<void>();
    let conversations = 0;
    notifier.before = () => {
      conversations += 1;
      return gate.promise;
    };
    const seen: string[][] = [];
    const deliveries = [1, 2].map(async () => {
      await outbox.deliver(job.id, NEVER);
      seen.push(await statuses(job));
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(seen).toEqual([]);
    gate.resolve();
    await Promise.all(deliveries);
    expect(conversations).toBe(1);
    expect(seen).toEqual([['start sent'], ['start sent']]);
  });

  it('sends notices at once that were written before the clock was set back', async () => {
    const job = await begun();
    clock.advance(-HOUR_MS);
    await outbox.deliver(job.id, NEVER);
    expect(await statuses(job)).toEqual(['start sent']);
  });

  it('sends the start notice only once', async () => {
    const job = await begun();
    await Promise.all(Array.from({ length: 20 }, () => outbox.deliver(job.id, NEVER)));
    expect(notifier.seen).toEqual(['start ana@example.org']);
    expect(await statuses(job)).toEqual(['start sent']);
  });

  it('tells every recipient, a few at a time', async () => {
    const addresses = Array.from({ length: 12 }, (_, index) => `r${index}@example.org`);
    const job = await begun({ recipients: addresses.map((address) => ({ channel: 'email', address })) });
    let now = 0;
    let most = 0;
    notifier.meanwhile = async () => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setImmediate(resolve));
      now--;
    };
    await outbox.deliver(job.id, NEVER);
    expect(notifier.seen.toSorted()).toEqual(addresses.map((address) => `start ${address}`).toSorted());
    expect(most).toBe(4);
  });

  it.each([
    ['ready', 'end'],
    ['failed', 'error'],
  ] as const)('sends the notice of a job that is %s in the slot %s', async (state, slot) => {
    const job = await begun();
    await outbox.deliver(job.id, NEVER);
    await finish(job, state);
    await outbox.deliver(job.id, NEVER);
    expect(notifier.seen).toEqual(['start ana@example.org', `${slot} ana@example.org`]);
  });

  it('drops a start notice that has not left when the job has ended', async () => {
    const job = await begun();
    await finish(job, 'ready');
    await outbox.deliver(job.id, NEVER);
    expect(notifier.seen).toEqual(['end ana@example.org']);
    expect(await statuses(job)).toEqual(['end sent', 'start dropped']);
  });

  it('sends nothing after a cancel', async () => {
    const job = await begun();
    await storage.jobs.cancel(job.id, clock.now(), clock.now() + HOUR_MS);
    await outbox.deliver(job.id, NEVER);
    expect(notifier.seen).toEqual([]);
  });

  it('never repeats a notice that was claimed when the process died', async () => {
    const job = await begun();
    notifier.meanwhile = async () => {
      await storage.close();
      throw new Error('the process is gone');
    };
    await outbox.deliver(job.id, NEVER);
    const reopened = await reopen(storage);
    const second = new ScriptedNotifier('email', consentOf(reopened.keyed, clock));
    const restarted = new Outbox(reopened.jobs, clock, new NoJitter(), channelsOf(clock, [second]));
    clock.advance(2 * HOUR_MS);
    await restarted.deliver(job.id, NEVER);
    expect(second.seen).toEqual([]);
    await reopened.close();
  });

  it('never repeats a notice that may have arrived', async () => {
    const job = await begun();
    notifier.answers = [{ status: 'unknown', detail: 'silence' }];
    await outbox.deliver(job.id, NEVER);
    clock.advance(HOUR_MS);
    await outbox.deliver(job.id, NEVER);
    expect(notifier.seen).toHaveLength(1);
    expect(await statuses(job)).toEqual(['start sending']);
  });

  it('records a refusal and does not try again', async () => {
    const job = await begun();
    notifier.answers = [{ status: 'refused', detail: 'smtp 550 5.1.1' }];
    await outbox.deliver(job.id, NEVER);
    clock.advance(HOUR_MS);
    await outbox.deliver(job.id, NEVER);
    expect(notifier.seen).toHaveLength(1);
    expect((await storage.jobs.notices(job.id))[0]).toMatchObject({
      status: 'refused',
      detail: 'smtp 550 5.1.1',
    });
  });

  it('tries again after the waiting time, longer each time but never more than 7 s', async () => {
    const job = await begun();
    notifier.answers = [{ status: 'put_off', detail: 'down', retryAfterMs: null }];
    const waits: number[] = [];
    for (let attempt = 0; attempt < 5; attempt++) {
      await outbox.deliver(job.id, NEVER);
      const [notice] = await storage.jobs.notices(job.id);
      waits.push(Math.round(((notice?.notBefore ?? 0) - clock.now()) / 1000));
      await outbox.deliver(job.id, NEVER);
      clock.advance(8000);
    }
    expect(waits).toEqual([1, 2, 4, 7, 7]);
    expect(notifier.seen).toHaveLength(5);
    notifier.answers = [{ status: 'sent' }];
    await outbox.deliver(job.id, NEVER);
    expect(await statuses(job)).toEqual(['start sent']);
  });

  it('waits as long as the notifier says', async () => {
    const job = await begun();
    notifier.answers = [{ status: 'put_off', detail: 'greylisted', retryAfterMs: 45_000 }];
    await outbox.deliver(job.id, NEVER);
    const [notice] = await storage.jobs.notices(job.id);
    expect(Math.round(((notice?.notBefore ?? 0) - clock.now()) / 1000)).toBe(45);
  });

  it('rounds waits up to whole milliseconds', async () => {
    const job = await begun();
    clock.stop();
    notifier.answers = [{ status: 'put_off', detail: 'rate limited', retryAfterMs: 1.1 * 1000.5 }];
    await outbox.deliver(job.id, NEVER);
    const [notice] = await storage.jobs.notices(job.id);
    expect(notice).toMatchObject({ status: 'pending', notBefore: clock.now() + 1101 });
  });

  it('keeps an exact wait exactly', async () => {
    const job = await begun();
    const late = new (class extends Jitter {
      override spread(ms: number): number {
        return 1.2 * ms;
      }
    })();
    const spreading = new Outbox(storage.jobs, clock, late, channelsOf(clock, [notifier]));
    const putOff = { status: 'put_off', detail: 'later', retryAfterMs: 45_000 } as const;
    const waits: number[] = [];
    for (const isExact of [true, false]) {
      notifier.answers = [{ ...putOff, isExact }];
      await spreading.deliver(job.id, NEVER);
      const [notice] = await storage.jobs.notices(job.id);
      waits.push(Math.round(((notice?.notBefore ?? 0) - clock.now()) / 1000));
      clock.advance(60_000);
    }
    expect(waits).toEqual([45, 54]);
  });

  it('drops notices that could not be sent within a day', async () => {
    const job = await begun();
    notifier.answers = [{ status: 'put_off', detail: 'down', retryAfterMs: null }];
    await outbox.deliver(job.id, NEVER);
    clock.advance(25 * HOUR_MS);
    await outbox.deliver(job.id, NEVER);
    expect(notifier.seen).toHaveLength(1);
    expect(await statuses(job)).toEqual(['start dropped']);
  });

  it('sends nothing to an address that refuses mail', async () => {
    await neverMail.refuse(tokens.make('Ana@Example.org'));
    const job = await begun();
    await outbox.deliver(job.id, NEVER);
    expect(notifier.seen).toEqual([]);
    expect(await statuses(job)).toEqual(['start dropped']);
  });

  describe('if a channel is not set up', () => {
    const SLACK = { channel: 'slack', address: 'T1/C1/U1' } as const;
    const BOTH = { recipients: [SLACK, { channel: 'email', address: 'ana@example.org' }] } as const;
    let warned: jest.SpiedFunction<(message: unknown, ...rest: unknown[]) => void>;
    let channels: NoticeChannels;

    beforeEach(() => {
      warned = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => {});
    });
    afterEach(() => warned.mockRestore());

    const outboxWith = (notifiers: readonly Notifier[], roles?: ('web' | 'worker' | 'bots')[]): Outbox => {
      channels = channelsOf(clock, notifiers, roles);
      return new Outbox(storage.jobs, clock, new NoJitter(), channels);
    };

    it('tells the other recipients, and logs the missing channel once', async () => {
      const job = await begun(BOTH);
      outbox = outboxWith([notifier]);
      for (let times = 0; times < 3; times += 1) {
        await outbox.deliver(job.id, NEVER);
        clock.advance(HOUR_MS);
      }
      expect(notifier.seen).toEqual(['start ana@example.org']);
      expect(warned).toHaveBeenCalledTimes(1);
      expect(warned).toHaveBeenCalledWith(expect.objectContaining({ channel: 'slack' }), expect.any(String));
      expect(channels.unserved).toEqual(['slack']);
    });

    it('tries at growing intervals', async () => {
      const job = await begun({ recipients: [SLACK] });
      outbox = outboxWith([notifier]);
      const waitsMs: number[] = [];
      for (let times = 0; times < 6; times += 1) {
        await outbox.deliver(job.id, NEVER);
        const [notice] = await storage.jobs.notices(job.id);
        expect(notice).toMatchObject({ status: 'pending', detail: 'no_notifier' });
        waitsMs.push((notice?.notBefore ?? 0) - clock.now());
        clock.advance(waitsMs.at(-1) ?? 0);
      }
      expect(waitsMs).toEqual([5000, 15_000, 45_000, 135_000, 300_000, 300_000]);
    });

    it('sends the notice once the channel is back, and drops it after a day', async () => {
      const job = await begun({ recipients: [SLACK] });
      await outboxWith([notifier]).deliver(job.id, NEVER);
      clock.advance(HOUR_MS);
      const slack = new ScriptedNotifier('slack');
      await outboxWith([notifier, slack]).deliver(job.id, NEVER);
      expect(slack.seen).toEqual([`start ${SLACK.address}`]);
      expect(channels.unserved).toEqual([]);

      const other = await finish(job, 'ready');
      await outboxWith([notifier]).deliver(job.id, NEVER);
      expect(channels.unserved).toEqual(['slack']);
      clock.advance(25 * HOUR_MS);
      await outbox.deliver(other?.id ?? '', NEVER);
      expect(await statuses(job)).toEqual(['end dropped', 'start sent']);
      expect(channels.unserved).toEqual([]);
    });

    it('leaves the notice to the process with the bots, and logs if none sends it', async () => {
      const job = await begun({ recipients: [SLACK] });
      outbox = outboxWith([notifier], ['worker']);
      await outbox.deliver(job.id, NEVER);
      expect(warned).not.toHaveBeenCalled();
      expect(await storage.jobs.notices(job.id)).toMatchObject([{ status: 'pending', attempts: 0 }]);
      clock.advance(61_000);
      await outbox.deliver(job.id, NEVER);
      expect(warned).toHaveBeenCalledTimes(1);
      expect(channels.unserved).toEqual(['slack']);
      expect(await storage.jobs.notices(job.id)).toMatchObject([{ status: 'pending', attempts: 0 }]);
    });
  });

  it('drops notices that no process sent within a day', async () => {
    const job = await begun({ recipients: [{ channel: 'slack', address: 'T1/C1/U1' }] });
    clock.advance(25 * HOUR_MS);
    await outbox.deliver(job.id, NEVER);
    expect(await statuses(job)).toEqual(['start dropped']);
  });

  it('treats a throwing notifier as one that may have sent', async () => {
    const job = await begun();
    notifier.answers = [];
    await outbox.deliver(job.id, NEVER);
    expect(await statuses(job)).toEqual(['start sending']);
  });

  it('never rejects, not even without a store', async () => {
    const job = await begun();
    await storage.close();
    await expect(outbox.deliver(job.id, NEVER)).resolves.toBeUndefined();
  });

  describe('with its pump', () => {
    it('delivers notices that were put off, when they are due', async () => {
      const job = await begun();
      notifier.answers = [{ status: 'put_off', detail: 'down', retryAfterMs: null }, { status: 'sent' }];
      await outbox.deliver(job.id, NEVER);
      const pump = new OutboxPump(storage.jobs, outbox, clock);
      await pump.look();
      expect(notifier.seen).toHaveLength(1);
      clock.advance(1500);
      await pump.look();
      await pump.onApplicationShutdown();
      expect(notifier.seen).toHaveLength(2);
      expect(await statuses(job)).toEqual(['start sent']);
    });

    it('reaches other jobs behind many notices without a notifier', async () => {
      const slack = { recipients: [{ channel: 'slack', address: 'T1/C1/U1' }] } as const;
      for (let index = 0; index < 20; index += 1) {
        const { id } = (await storage.jobs.submit(sampleJob(`slack ${index}`, DUE, slack))).job;
        await storage.jobs.begin(id, 0, clock.now() - 1000);
      }
      const job = await begun();
      const pump = new OutboxPump(storage.jobs, outbox, clock);
      await pump.look();
      await pump.onApplicationShutdown();
      expect(await statuses(job)).toEqual(['start sent']);
    });

    it('finishes running sends when the process stops, and starts no more', async () => {
      const job = await begun();
      const pump = new OutboxPump(storage.jobs, outbox, clock);
      const leaving = Promise.withResolvers<void>();
      const arrived = Promise.withResolvers<void>();
      notifier.meanwhile = () => {
        leaving.resolve();
        return arrived.promise;
      };
      await pump.look();
      await leaving.promise;
      const stopped = pump.onApplicationShutdown();
      arrived.resolve();
      await stopped;
      expect(await statuses(job)).toEqual(['start sent']);
      await pump.look();
      expect(notifier.seen).toHaveLength(1);
    });
  });
});

function reopen({ dataDir }: TemporaryStorage): Promise<Storage> {
  return openSqlite(dataDir);
}
