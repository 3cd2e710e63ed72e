import { ChatApp } from '../../support/chat-app.js';
import { ANA, BOB, CHANNEL, command, GUILD, press, submitted } from '../../support/discord-interactions.js';
import { directChannel, DiscordServer, refusal, type Taken } from '../../support/discord-server.js';
import { until } from '../../support/until.js';

describe('Discord commands', () => {
  let discord: DiscordServer;
  let chat: ChatApp;
  const start = async (settings: Readonly<Record<string, string>> = {}): Promise<void> => {
    chat = await ChatApp.start({ ...discord.settings, ...settings });
    await until('a session', () => discord.gateway.identified > 0);
  };
  beforeEach(async () => {
    discord = await new DiscordServer().start();
    await start();
  });
  afterEach(async () => {
    await chat.stop();
    await discord.stop();
    expect(discord.violations).toEqual([]);
  });

  const told = async (taken: Taken): Promise<string> =>
    String((await until('an answer', () => taken.original))['content']);
  const search = (options: Readonly<Record<string, string | number>>, scene = {}): Promise<string> =>
    told(discord.send(command('search', options, scene)));
  const jobOf = async (index = 0) => {
    const id = await until('a job', () => chat.scheduled[index] ?? null);
    const job = await chat.store.get(id);
    if (job === null) throw new Error('the job is not in the store');
    return job;
  };

  it('are acknowledged for the asker alone and answered with what was understood', async () => {
    const taken = discord.send(
      command('search', { query: 'red panda', count: 100, when: 'tomorrow 9am', timezone: 'Europe/Vienna' }),
    );
    const seconds = Date.parse('2027-01-16T08:00:00Z') / 1000;
    expect(await told(taken)).toContain(
      `**100 images of “red panda”** on <t:${seconds}:F> (<t:${seconds}:R>)`,
    );
    expect(taken.first).toEqual({ type: 5, data: { flags: 64 } });
    const job = await jobOf();
    expect(job).toMatchObject({ door: 'discord', dueAt: seconds * 1000 });
    const address = `${GUILD}/${CHANNEL}/${ANA}`;
    expect(job.request.recipients).toEqual([{ channel: 'discord', address }]);
  });
});
