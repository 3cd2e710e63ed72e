import PostalMime from 'postal-mime';
import type { Job } from '../../../src/jobs/job.js';
import { MailFolder } from '../../../src/notifications/mail/mail-folder.js';
import { ChatApp } from '../../support/chat/chat-app.js';
import { ANA, BOB, CHANNEL, command, press, type Scene } from '../../support/chat/discord-interactions.js';
import {
  directChannel,
  DiscordServer,
  refusal,
  type StoredMessage,
  type Taken,
} from '../../support/chat/discord-server.js';
import { until } from '../../support/until.js';
import { WebJobs } from '../../support/web/web-jobs.js';

const NEVER = new AbortController().signal;
const DAY_MS = 86_400_000;
const MANAGE_GUILD = '32';

describe('Discord notices', () => {
  let discord: DiscordServer;
  let chat: ChatApp;
  beforeEach(async () => {
    discord = await new DiscordServer().start();
    chat = await ChatApp.start(discord.settings);
    await until('a session', () => discord.gateway.identified > 0);
  });
  afterEach(async () => {
    await chat.stop();
    await discord.stop();
  });

  const told = async (taken: Taken): Promise<string> =>
    String((await until('an answer', () => taken.original))['content']);
  /** Asks for a job and begins it, as a worker would. */
  const running = async (options = {}, scene: Scene = {}): Promise<Job> => {
    const before = chat.scheduled.length;
    await told(discord.send(command('search', { query: 'red panda', count: 5, ...options }, scene)));
    const id = await until('a job', () => chat.scheduled[before] ?? null);
    const job = await chat.store.begin(id, 0, chat.clock.now());
    if (job === null) throw new Error('the job did not begin');
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
    const archive = { name: `${job.id}/1.zip`, bytes: 12_300_000, sha256: '00' } as const;
    await chat.store.finish(
      job.id,
      job.epoch,
      end === 'ready'
        ? { ...common, state: 'ready', delivered: 4, archive }
        : { ...common, state: 'failed', cause: { code: 'source.blocked', context: {} } },
    );
  };
  const tell = (job: Job): Promise<void> => chat.outbox.deliver(job.id, NEVER);
  const messages = (count: number, channel = CHANNEL): Promise<StoredMessage[]> =>
    until(`${count} messages`, () => {
      const found = discord.in(channel);
      return found.length >= count && found;
    });
  const statuses = async ({ id }: Job): Promise<string[]> =>
    (await chat.store.notices(id)).map(({ slot, status }) => `${slot} ${status}`);
  const buttonOf = (message: StoredMessage | undefined, label: string): string => {
    const button = message?.components
      .flatMap(({ components }) => components)
      .find((one) => one['label'] === label);
    return String(button?.['custom_id'] ?? button?.['url']);
  };

  it('show the progress in one message and the end in a new one', async () => {
    const job = await running();
    await tell(job);
    const [first] = await messages(1);
    expect(first?.content).toContain('**5 images of “red panda”**');
    expect(buttonOf(first, 'Cancel')).toBe(`job_cancel:${job.id}`);
    const beganMs = performance.now();
    for (const kept of [1, 2, 3]) await progress(job, kept);
    await until('an edit', () => first?.content.includes('Downloading: 3 of 5 images, 2 left out'));
    // One at once, and then one a second.
    expect(first?.edits).toBeLessThanOrEqual(1 + Math.ceil((performance.now() - beganMs) / 1000));
    await finish(job);
    await tell(job);
    const [, end] = await messages(2);
    await until('the last edit', () => first?.content.includes('– ready'));
    expect(first?.components).toEqual([]);
    const expires = Math.floor(((await chat.store.get(job.id))?.expiresAt ?? 0) / 1000);
    expect(end?.content).toContain('**4 of 5 images of “red panda”** – ready. 12.3 MB, one zip.');
    expect(end?.content).toContain(`until <t:${expires}:F> (<t:${expires}:R>)`);
    expect(end?.content).toContain(buttonOf(end, 'Open'));
    expect(await statuses(job)).toEqual(['end sent', 'start sent']);
  });

  it('carry no address of a job page where others can see them', async () => {
    const job = await running();
    await tell(job);
    await finish(job);
    await tell(job);
    const all = JSON.stringify(await messages(2));
    expect(all).toContain('https://pics.example/d/');
    expect(all).not.toContain('/jobs/');
  });

  it('go on after a restart between start and end', async () => {
    const job = await running();
    await tell(job);
    await messages(1);
    chat = await chat.restart();
    await progress(job, 2);
    const [first] = await messages(1);
    await until('an edit', () => first?.content.includes('2 of 5'));
    await finish(job);
    await tell(job);
    const [, end] = await messages(2);
    expect(end?.content).toContain('– ready');
    await until('the last edit', () => first?.content.includes('– ready'));
  });

  it('show a strip of the images', async () => {
    const job = await running();
    await new WebJobs(chat).keep(job, 3);
    await finish(job);
    await tell(job);
    const end = (await messages(1)).at(-1);
    expect(end?.files.map((file) => file.subarray(0, 3).toString('hex'))).toEqual(['ffd8ff']);
  });

  it('leave the strip out if pictures are not allowed', async () => {
    discord.override = ({ files }) => (files.length > 0 ? refusal(403, 50_013, 'Missing Permissions') : null);
    const job = await running();
    await new WebJobs(chat).keep(job, 3);
    await finish(job);
    await tell(job);
    expect((await messages(1)).at(-1)).toMatchObject({ channel: CHANNEL, files: [] });
  });

  describe('if a channel cannot be written to', () => {
    it.each([
      ['was deleted', refusal(404, 10_003, 'Unknown Channel')],
      ['is closed to the bot', refusal(403, 50_001, 'Missing Access')],
      ['takes no messages from the bot', refusal(403, 50_013, 'Missing Permissions')],
    ])('go to a direct message: the channel %s', async (_why, answer) => {
      discord.override = ({ path }) => (path.startsWith(`/channels/${CHANNEL}`) ? answer : null);
      const job = await running();
      await tell(job);
      await finish(job);
      await tell(job);
      const [, end] = await messages(2, directChannel(ANA));
      expect(end?.content).toContain('– ready');
      expect(await statuses(job)).toEqual(['end sent', 'start sent']);
      // Pressed there, it belongs to no server, and is still the asker's.
      const pressed = discord.send(
        press(buttonOf(end, 'Delete now'), { guild: null, channel: directChannel(ANA) }),
      );
      expect(await told(pressed)).toContain('Deleted');
    });

    it('are refused if the person has left as well, and the job goes on', async () => {
      discord.override = ({ path, method }) => {
        if (method === 'POST' && path === '/users/@me/channels')
          return refusal(400, 50_278, 'no mutual guilds');
        return path.startsWith('/channels') ? refusal(403, 50_001) : null;
      };
      const job = await running();
      await tell(job);
      expect(await statuses(job)).toEqual(['start refused']);
      await finish(job);
      expect((await chat.store.get(job.id))?.state).toBe('ready');
    });

    it('are sent without their extras if only the extras are refused', async () => {
      discord.override = ({ path, body }) =>
        path.startsWith('/channels') && JSON.stringify(body).includes('"url":')
          ? refusal(400, 50_035, 'Invalid Form Body')
          : null;
      const job = await running();
      await finish(job);
      await tell(job);
      const [end] = (await messages(1)).slice(-1);
      expect(end?.content).toContain('[Download](<https://pics.example/d/');
      expect(buttonOf(end, 'Delete now')).toContain('job_delete');
    });
  });

  describe('if Discord fails', () => {
    it('wait as long as a rate limit says', async () => {
      const job = await running();
      discord.override = ({ path, method }) =>
        method === 'POST' && path.startsWith('/channels')
          ? {
              status: 429,
              body: { message: 'slow', retry_after: 61.5, global: false },
              headers: { 'Retry-After': '61.5' },
            }
          : null;
      await tell(job);
      const [notice] = await chat.store.notices(job.id);
      expect(notice).toMatchObject({ status: 'pending', detail: 'rate_limited' });
      expect(notice?.notBefore).toBeGreaterThan(chat.clock.now() + 55_000);
      discord.override = () => null;
      chat.clock.advance(120_000);
      await tell(job);
      expect(await statuses(job)).toEqual(['start sent']);
    });

    it('try again later if Discord is down, and never fail the job', async () => {
      const job = await running();
      discord.override = () => ({ status: 503, body: {} });
      await tell(job);
      expect(await statuses(job)).toEqual(['start pending']);
      await finish(job);
      discord.override = () => null;
      chat.clock.advance(3_600_000);
      await tell(job);
      expect(await statuses(job)).toContain('end sent');
      expect((await messages(1)).at(-1)?.content).toContain('– ready');
    });

    it('are refused if the token was revoked, and work again with a good one', async () => {
      const job = await running();
      discord.override = () => ({ status: 401, body: { code: 0, message: '401: Unauthorized' } });
      await tell(job);
      expect(await statuses(job)).toEqual(['start refused']);
      discord.override = () => null;
      await finish(job);
      await tell(job);
      expect(await statuses(job)).toEqual(['end sent', 'start refused']);
    });

    it('are never sent twice if the answer was lost', async () => {
      const job = await running();
      discord.override = ({ path, method }) =>
        method === 'POST' && path.startsWith('/channels') ? 'drop' : null;
      await tell(job);
      discord.override = () => null;
      chat.clock.advance(3_600_000);
      await tell(job);
      expect(await messages(1)).toHaveLength(1);
      expect(await statuses(job)).toEqual(['start sending']);
    });

    it.each(['drop', 'cut'] as const)('are sent once if one answer is lost (%s)', async (how) => {
      const job = await running();
      let lost = 0;
      discord.override = ({ path, method }) =>
        method === 'POST' && path.startsWith('/channels') && lost++ === 0 ? how : null;
      await tell(job);
      expect(await messages(1)).toHaveLength(1);
      expect(await statuses(job)).toEqual(['start sent']);
    });

    it('stay unclear if Discord takes nothing after a lost answer', async () => {
      const job = await running();
      let calls = 0;
      discord.override = ({ path, method }) => {
        if (method !== 'POST' || !path.startsWith('/channels')) return null;
        calls += 1;
        return calls === 1 ? 'drop' : { status: 503, body: {} };
      };
      await tell(job);
      expect(await messages(1)).toHaveLength(1);
      expect(await statuses(job)).toEqual(['start sending']);
    });

    it('make the last edit even after Discord was away for long', async () => {
      const job = await running();
      await tell(job);
      const [first] = await messages(1);
      discord.override = ({ method }) => (method === 'PATCH' ? { status: 500, body: {} } : null);
      await finish(job);
      await until('a try', () =>
        discord.calls.some(({ method, path }) => method === 'PATCH' && path.includes('/messages/')),
      );
      discord.override = () => null;
      await until('the last edit', () => first?.content.includes('– ready'));
      expect(first?.components).toEqual([]);
    });

    it('still reach the e-mail address that was named', async () => {
      const job = await running({ email: 'ana@example.org' });
      discord.override = () => ({ status: 503, body: {} });
      await finish(job);
      await tell(job);
      const [mail] = await chat.app.get(MailFolder).list();
      if (mail === undefined) throw new Error('there is no mail');
      const raw = await chat.app.get(MailFolder).read(mail.name);
      const { to } = await PostalMime.parse(raw ?? '');
      expect(to).toEqual([expect.objectContaining({ address: 'ana@example.org' })]);
    });
  });

  describe('buttons', () => {
    it('cancel for the asker, and are safe to press twice', async () => {
      const job = await running();
      await tell(job);
      const [first] = await messages(1);
      const id = buttonOf(first, 'Cancel');
      expect(await told(discord.send(press(id)))).toContain('Cancelled: **5 images');
      expect(await told(discord.send(press(id)))).toContain('Cancelled: **5 images');
      expect((await chat.store.get(job.id))?.state).toBe('cancelled');
      await until('the last edit', () => first?.content.includes('cancelled'));
    });

    it('refuse others, except for admins of that server', async () => {
      const job = await running();
      const id = `job_cancel:${job.id}`;
      expect(await told(discord.send(press(id, { user: BOB })))).toContain('Only the person who asked');
      const elsewhere = { user: BOB, guild: '800000000000000002', permissions: MANAGE_GUILD };
      expect(await told(discord.send(press(id, elsewhere)))).toContain('Only the person who asked');
      expect((await chat.store.get(job.id))?.state).toBe('running');
      expect(await told(discord.send(press(id, { user: BOB, permissions: MANAGE_GUILD })))).toContain(
        'Cancelled',
      );
    });

    it('try again after an error, with one new job even if pressed many times', async () => {
      const job = await running();
      await finish(job, 'failed');
      await tell(job);
      const failed = (await messages(1)).at(-1);
      expect(failed?.content).toContain('did not work out');
      const id = buttonOf(failed, 'Retry');
      expect(await told(discord.send(press(id)))).toContain('Trying again');
      expect(await told(discord.send(press(id)))).toContain('Trying again');
      expect(new Set(chat.scheduled).size).toBe(2);
    });

    it('delete at once, empty the message, and say so when pressed again', async () => {
      const job = await running();
      await finish(job);
      await tell(job);
      const end = (await messages(1)).at(-1);
      const id = buttonOf(end, 'Delete now');
      expect(await told(discord.send(press(id, {}, end?.id)))).toContain('Nothing of this job is left.');
      expect(end).toMatchObject({
        content: expect.stringMatching(/– deleted\.$/),
        components: [],
        files: [],
      });
      expect(await told(discord.send(press(id)))).toContain('There is no such job any more');
    });

    it('of an older version are answered too', async () => {
      expect(await told(discord.send(press('something_else')))).toContain('out of date');
    });
  });
});
