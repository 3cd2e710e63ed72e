import PostalMime from 'postal-mime';
import { AppError } from '../../../src/jobs/app-error.js';
import type { Job, JobId } from '../../../src/jobs/job.js';
import { MailFolder } from '../../../src/notifications/mail/mail-folder.js';
import { ChatApp } from '../../support/chat/chat-app.js';
import {
  blockAction,
  encoded,
  signedHeaders,
  SIGNING_SECRET,
  slashCommand,
} from '../../support/chat/slack-requests.js';
import { readInBlocks } from '../../support/chat/slack-messages.js';
import { SlackServer, type StoredMessage } from '../../support/chat/slack-server.js';
import { until } from '../../support/until.js';
import { WebJobs } from '../../support/web/web-jobs.js';

const NEVER = new AbortController().signal;
const DAY_MS = 86_400_000;

describe('Slack notices', () => {
  let slack: SlackServer;
  let chat: ChatApp;
  beforeEach(async () => {
    slack = await new SlackServer().start();
    chat = await ChatApp.start({ ...slack.settings, SLACK_SIGNING_SECRET: SIGNING_SECRET });
  });
  afterEach(async () => {
    await chat.stop();
    await slack.stop();
  });

  /** Asks for a job. @returns its id */
  const asked = async (text = 'red panda 5', channel = 'C1'): Promise<JobId> => {
    const before = chat.scheduled.length;
    const body = encoded(slashCommand(text, { responseUrl: slack.responseUrl(), channel }));
    const headers = signedHeaders(body, chat.clock.now());
    await fetch(`${chat.url}/slack/commands`, { method: 'POST', body, headers });
    const id = await until('a job', () => chat.scheduled[before] ?? null);
    await until('the answer', () => slack.answers.length > before);
    return id;
  };
  /** Begins a job, as a worker would; its start notice is then due. */
  const begin = async (id: JobId): Promise<Job> => {
    const job = await chat.store.begin(id, 0, chat.clock.now());
    if (job === null) throw new Error('the job did not begin');
    return job;
  };
  /** A job that has begun and whose start has been told. */
  const running = async (text?: string, channel?: string): Promise<Job> => {
    const job = await begin(await asked(text, channel));
    await until('the start is told', async () => {
      await tell(job);
      return (await statuses(job)).includes('start sent');
    });
    return job;
  };
  const progress = (job: Job, kept: number): Promise<void> =>
    chat.store.saveProgress(job.id, job.epoch, 'downloading', {
      found: 20,
      kept,
      rejected: { timeout: 2 },
      bytes: kept * 1000,
      engines: [{ engine: 'google', found: 20, kept, end: null }],
    });
  const finish = async (job: Job, end: 'ready' | 'failed' = 'ready'): Promise<void> => {
    const at = chat.clock.now();
    const common = { at, expiresAt: at + DAY_MS, shortfall: [{ reason: 'timeout', count: 1 }] } as const;
    await chat.store.finish(
      job.id,
      job.epoch,
      end === 'ready'
        ? {
            ...common,
            state: 'ready',
            delivered: 4,
            archive: { name: `${job.id}/1.zip`, bytes: 12_300_000, sha256: '00' },
          }
        : { ...common, state: 'failed', cause: { code: 'source.blocked', context: {} } },
    );
  };
  const tell = (job: Job): Promise<void> => chat.outbox.deliver(job.id, NEVER);
  const messages = (count: number, channel = 'C1'): Promise<StoredMessage[]> =>
    until(`${count} messages`, () => {
      const found = slack.messages.in(channel);
      return found.length >= count && found;
    });
  const endMessage = (): Promise<StoredMessage> => until('the end message', () => ends()[0] ?? null);
  const ends = (): StoredMessage[] => slack.messages.posted.filter(({ text }) => text.includes('– ready.'));
  const statuses = async ({ id }: Job): Promise<string[]> =>
    (await chat.store.notices(id)).map(({ slot, status }) => `${slot} ${status}`);

  it('show the progress in one message and the end in a new one', async () => {
    const job = await running();
    const [first] = await messages(1);
    expect(first?.text).toContain('5 images of “red panda”');
    expect(readInBlocks(first?.blocks)).toContain('**5 images of “red panda”**\nSearching');
    expect(JSON.stringify(first?.blocks)).toContain('job_cancel');
    await progress(job, 3);
    await until('an edit', () => first?.text.includes('Downloading: 3 of 5 images, 2 left out'));
    await finish(job);
    await tell(job);
    const [, end] = await messages(2);
    await until('the last edit', () => first?.text.includes('– ready'));
    expect(JSON.stringify(first?.blocks)).not.toContain('job_cancel');
    expect(end?.text).toMatch(/4 of 5 images of “red panda” – ready\. 12\.3 MB, one zip\./);
    expect(end?.text).toContain('1 × site did not answer in time');
    expect(end?.text).toContain('Sat 16 January 2027, 13:00 CET');
    expect(slack.messages.posted).toHaveLength(2);
  });

  it('show the query letter by letter, in edited and in new messages', async () => {
    const job = await running('"*x* _y_ ~z~ `w` &lt;!here&gt;" 5');
    const [first] = await messages(1);
    const query = '“*x* _y_ ~z~ `w` <!here>”';
    expect(readInBlocks(first?.blocks)).toContain(`**5 images of ${query}**`);
    await finish(job);
    await tell(job);
    const [, end] = await messages(2);
    await until('the last edit', () => first?.text.includes('– ready'));
    expect(readInBlocks(first?.blocks)).toContain(`**5 images of ${query}** – ready`);
    expect(readInBlocks(end?.blocks)).toContain(`**4 of 5 images of ${query}** – ready`);
    for (const method of ['chat.postMessage', 'chat.update'])
      for (const { args } of slack.callsOf(method)) {
        expect(args).toMatchObject({ mrkdwn: 'false' });
        expect(args['text']).toContain('“*x* _y_ ~z~ `w` &lt;!here&gt;”');
      }
  });

  it('link only the download for others, never the job page', async () => {
    const job = await running();
    await finish(job);
    await tell(job);
    const [, end] = await messages(2);
    expect(end?.text).toMatch(/Download \(https:\/\/pics\.example\/d\/[\w-]{32}\)/);
    await until('the last edit', () => slack.messages.posted[0]?.text.includes('– ready'));
    const shown = JSON.stringify(slack.messages.posted);
    expect(shown).not.toContain('/jobs/');
    expect(shown).not.toContain('/again/');
  });

  it('contain an uploaded strip of thumbnails, since Slack cannot reach every installation', async () => {
    const job = await running();
    await new WebJobs(chat).keep(job, 3);
    await finish(job);
    await tell(job);
    const end = await endMessage();
    expect(JSON.stringify(end.blocks)).toContain('"slack_file":{"id":"F1"}');
    expect(slack.uploads.get('F1')?.subarray(0, 3).toString('hex')).toBe('ffd8ff');
  });

  it('leave the pictures out if Slack refuses them', async () => {
    slack.override = ({ method, args }) =>
      method === 'chat.postMessage' && JSON.stringify(args).includes('slack_file')
        ? { ok: false, error: 'invalid_blocks' }
        : null;
    const job = await running();
    await new WebJobs(chat).keep(job, 2);
    await finish(job);
    await tell(job);
    const end = await endMessage();
    expect(end.text).toContain('– ready');
    expect(await statuses(job)).toContain('end sent');
  });

  it('wait a few seconds for Slack to have the pictures ready', async () => {
    const readyAtMs = performance.now() + 1200;
    slack.override = ({ method, args }) =>
      method === 'chat.postMessage' &&
      JSON.stringify(args).includes('slack_file') &&
      performance.now() < readyAtMs
        ? { ok: false, error: 'invalid_blocks' }
        : null;
    const job = await running();
    await new WebJobs(chat).keep(job, 2);
    await finish(job);
    await tell(job);
    expect(JSON.stringify((await endMessage()).blocks)).toContain('slack_file');
    expect(ends()).toHaveLength(1);
  });

  it('show neither pictures nor link once their job was deleted', async () => {
    const job = await running();
    await new WebJobs(chat).keep(job, 2);
    await finish(job);
    await tell(job);
    const end = await endMessage();
    const body = encoded({
      ...blockAction('job_delete', job.id, { responseUrl: slack.responseUrl() }),
      message: { type: 'message', ts: end.ts, text: end.text, blocks: end.blocks },
    });
    const headers = signedHeaders(body, chat.clock.now());
    await fetch(`${chat.url}/slack/interactions`, { method: 'POST', body, headers });
    await until('another text', () => end.text.includes('– deleted'));
    expect(JSON.stringify(end)).not.toMatch(/slack_file|\/d\/|job_delete/);
    await until('the pictures are gone', () => slack.uploads.size === 0);
  });

  it('go by mail after a retry as well', async () => {
    slack.profiles.set('U1', { tz: 'UTC', profile: { email: 'ana@example.org' } });
    const failed = await running();
    await finish(failed, 'failed');
    await tell(failed);
    const body = encoded(blockAction('job_retry', failed.id, { responseUrl: slack.responseUrl() }));
    await fetch(`${chat.url}/slack/interactions`, {
      method: 'POST',
      body,
      headers: signedHeaders(body, chat.clock.now()),
    });
    const id = await until('a new job', () => chat.scheduled[1] ?? null);
    const job = await begin(id);
    slack.isRevoked = true;
    await finish(job);
    await tell(job);
    expect((await onlyMail()).to).toBe('ana@example.org');
  });

  it('wait for the store if it cannot name the other recipient', async () => {
    const job = await running();
    slack.isRevoked = true;
    await finish(job);
    const get = chat.keyed.get.bind(chat.keyed);
    chat.keyed.get = () => Promise.reject(new AppError('storage.unavailable', {}));
    await tell(job);
    chat.keyed.get = get;
    expect(await statuses(job)).toContain('end pending');
  });

  it('say why a job failed, with a button to try again', async () => {
    const job = await running();
    await finish(job, 'failed');
    await tell(job);
    const [, error] = await messages(2);
    expect(error?.text).toContain('The search engine refused automatic requests');
    expect(JSON.stringify(error?.blocks)).toContain('job_retry');
  });

  it('go directly to the person if the conversation is gone', async () => {
    slack.messages.refusing.set('C9', 'channel_not_found');
    const job = await running('red panda 5', 'C9');
    const [direct] = await messages(1, 'DU1');
    await progress(job, 2);
    await until('an edit there', () => direct?.text.includes('2 of 5'));
    expect(await statuses(job)).toEqual(['start sent']);
  });

  it.each(['token_revoked', 'account_inactive', 'user_not_found'])(
    'go by mail to the address of the profile where Slack says %s',
    async (error) => {
      slack.profiles.set('U1', { tz: 'UTC', profile: { email: 'ana@example.org' } });
      const job = await running();
      slack.messages.refusing.set('C1', 'channel_not_found');
      slack.override = ({ method }) =>
        method === (error === 'user_not_found' ? 'conversations.open' : 'auth.test')
          ? { ok: false, error }
          : null;
      await finish(job);
      await tell(job);
      const { subject, to } = await onlyMail();
      expect([to, subject]).toEqual(['ana@example.org', '4 of 5 images of “red panda” are ready']);
      expect(await statuses(job)).toEqual(expect.arrayContaining(['end sent']));
    },
  );

  it('end as refused, and block nothing, if nobody can be told', async () => {
    const job = await running();
    slack.isRevoked = true;
    await finish(job);
    await tell(job);
    expect(await statuses(job)).toContain('end refused');
    expect((await chat.store.get(job.id))?.state).toBe('ready');
  });

  it.each(['unavailable', 'reset'] as const)(
    'wait for a Slack that is %s, and are then sent once',
    async (mood) => {
      const id = await asked();
      slack.mood = mood;
      const job = await begin(id);
      await tell(job);
      await until('it is put off', async () => (await statuses(job)).includes('start pending'));
      await finish(job);
      await tell(job);
      slack.mood = 'up';
      await until('the end is told', async () => (await statuses(job)).includes('end sent'));
      await until('all settled', async () =>
        (await statuses(job)).every((status) => !status.includes('pending')),
      );
      expect(ends()).toHaveLength(1);
    },
  );

  it('are never repeated if the answer was lost', async () => {
    const job = await running();
    await finish(job);
    slack.beforeAnswer = ({ method }, socket) => {
      if (method === 'chat.postMessage') socket.destroy();
    };
    await tell(job);
    slack.beforeAnswer = () => {};
    chat.clock.advance(120_000);
    await tell(job);
    expect(ends()).toHaveLength(1);
    expect(await statuses(job)).toContain('end sending');
  });

  it('come back when Slack says, after too many calls', async () => {
    const id = await asked();
    slack.limit('chat.postMessage', 1, 2);
    const job = await begin(id);
    await tell(job);
    const notBefore = await until('it is put off', async () => {
      const [notice] = await chat.store.notices(job.id);
      return notice?.status === 'pending' && notice.attempts === 1 && notice.notBefore;
    });
    expect(notBefore - Number(job.startedAt)).toBeGreaterThan(1500);
    await messages(1);
  });

  it('leave a conversation alone that takes no messages for now, and all arrive in the end', async () => {
    const jobs = [await running(), await running('blue tit 5'), await running('owls 5')];
    for (const job of jobs) await finish(job);
    slack.limit('chat.postMessage', 1, 60);
    const posts = slack.callsOf('chat.postMessage').length;
    for (const job of jobs) await tell(job);
    const put = await Promise.all(jobs.map(statuses));
    expect(put.flat().filter((status) => status === 'end pending')).toHaveLength(3);
    expect(slack.callsOf('chat.postMessage')).toHaveLength(posts);
    chat.clock.advance(120_000);
    await until('all ends', () => ends().length === 3);
    expect(slack.callsOf('chat.postMessage')).toHaveLength(posts + 3);
  });

  it('edit no faster than Slack allows, and always make the last edit', async () => {
    const job = await running();
    const [first] = await messages(1);
    slack.limit('chat.update', 1, 1);
    const beganMs = performance.now();
    for (const kept of [1, 2, 3, 4, 5]) await progress(job, kept);
    await finish(job);
    await until('the last edit', () => first?.text.includes('– ready'));
    // One at once, and then one a second.
    expect(first?.edits).toBeLessThanOrEqual(1 + Math.ceil((performance.now() - beganMs) / 1000));
    await until('the record is gone', async () => (await progressRecords()).length === 0);
  });

  it('go on where they were after a restart', async () => {
    const job = await running();
    const [first] = await messages(1);
    chat = await chat.restart();
    await progress(job, 4);
    await until('an edit', () => first?.text.includes('4 of 5'));
    chat = await chat.restart();
    await finish(job);
    await until('the last edit', () => first?.text.includes('– ready'));
    const [, end] = await messages(2);
    expect(end?.text).toContain('– ready');
    expect(slack.messages.posted).toHaveLength(2);
  });

  it('show a cancel in the progress message, and send nothing after it', async () => {
    const job = await running();
    const [first] = await messages(1);
    await chat.store.cancel(job.id, chat.clock.now(), chat.clock.now() + DAY_MS);
    await until('the last edit', () => first?.text.includes('– cancelled'));
    await tell(job);
    expect(slack.messages.posted).toHaveLength(1);
  });

  const progressRecords = () => chat.keyed.list('chat_message', 'slack', chat.clock.now());
  const onlyMail = async (): Promise<{ to: string; subject: string }> => {
    const folder = chat.app.get(MailFolder);
    const mails = await until('a mail', async () => {
      const found = await folder.list();
      return found.length > 0 && found;
    });
    expect(mails).toHaveLength(1);
    const bytes = await folder.read(mails[0]?.name ?? '');
    const { to, subject } = await PostalMime.parse(bytes ?? '');
    return { to: String(to?.[0]?.address), subject: String(subject) };
  };
});
