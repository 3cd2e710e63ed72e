import { imagesCommand } from '../../../bots/discord/api/discord-commands.js';
import { filterOptions } from '../../../bots/discord/form/discord-filters.js';
import { FILTER_FIELDS } from '../../../src/jobs/request/request-fields.js';
import { ENGINE_NAMES } from '../../../src/engines/engines.js';
import { ChatApp } from '../../support/chat/chat-app.js';
import { APP_ID, command, GUILD } from '../../support/chat/discord-interactions.js';
import { DiscordServer, refusal, type Taken } from '../../support/chat/discord-server.js';
import { until } from '../../support/until.js';

describe('the Discord gateway', () => {
  let discord: DiscordServer;
  let chat: ChatApp;
  beforeEach(async () => {
    discord = await new DiscordServer().start();
  });
  afterEach(async () => {
    await chat.stop();
    await discord.stop();
  });

  const start = async (settings: Readonly<Record<string, string>> = {}): Promise<void> => {
    chat = await ChatApp.start({ ...discord.settings, ...settings });
    await until('a session', () => discord.gateway.identified > 0);
  };
  const told = async (taken: Taken): Promise<string> =>
    String((await until('an answer', () => taken.original))['content']);
  const help = (): Promise<string> => told(discord.send(command('help')));

  it('is resumed if Discord asks to reconnect, with the missed events', async () => {
    await start();
    await help();
    discord.gateway.askToReconnect();
    await until('a closed connection', () => discord.gateway.open.size === 0);
    const meanwhile = discord.send(command('help'));
    expect(await told(meanwhile)).toContain('/images search');
    expect([discord.gateway.identified, discord.gateway.resumed]).toEqual([1, 1]);
  });

  it('is resumed if the line was cut', async () => {
    await start();
    await help();
    discord.gateway.drop();
    await until('a resumed session', () => discord.gateway.resumed === 1);
    expect(await help()).toContain('/images search');
  });

  it('starts a new session if Discord has forgotten the old one', async () => {
    await start();
    await help();
    discord.gateway.knowsSessions = false;
    discord.gateway.drop();
    await until('a new session', () => discord.gateway.identified === 2);
    expect(await help()).toContain('/images search');
  });

  it('starts a new session if Discord calls the session invalid', async () => {
    await start();
    await help();
    discord.gateway.invalidate(false);
    await until('a new session', () => discord.gateway.identified === 2);
    expect(await help()).toContain('/images search');
  });

  it('reconnects if heartbeats are not acknowledged', async () => {
    discord.gateway.heartbeatIntervalMs = 300;
    await start();
    await until('heartbeats', () => discord.gateway.heartbeats > 1);
    discord.gateway.acknowledges = false;
    await until('a resumed session', () => discord.gateway.resumed > 0);
    discord.gateway.acknowledges = true;
    expect(await help()).toContain('/images search');
  });

  it('ends in time, and leaves no connection open, when it is stopped while connecting', async () => {
    for (let round = 0; round < 6; round += 1) {
      const before = discord.gateway.identified;
      chat = await ChatApp.start(discord.settings);
      if (round % 2 === 0) await until('it identifies', () => discord.gateway.identified > before);
      const startedMs = performance.now();
      await chat.stop();
      expect(performance.now() - startedMs).toBeLessThan(15_000);
      await until('no connection', () => discord.gateway.open.size === 0);
    }
    await start();
  });

  it('tries again if Discord is down at the start, and lets the service start', async () => {
    discord.override = () => ({ status: 503, body: {} });
    chat = await ChatApp.start(discord.settings);
    await until('a try', () => discord.calls.length > 0);
    expect((await fetch(`${chat.url}/healthz`)).status).not.toBe(500);
    discord.override = () => null;
    await until('a session', () => discord.gateway.identified === 1);
    expect(await help()).toContain('/images search');
  });

  it('tries again, more rarely, if the token is refused', async () => {
    await start();
    discord.gateway.drop(4004);
    await until('a new session', () => discord.gateway.identified === 2);
    expect(await help()).toContain('/images search');
  });

  it('is not opened in a process without the role bots', async () => {
    chat = await ChatApp.start({ ...discord.settings, ROLES: 'web,worker', STORE: 'sqlite' });
    expect(discord.calls).toEqual([]);
  });

  describe('commands', () => {
    const global = `/applications/${APP_ID}/commands`;
    const puts = (): number => discord.calls.filter(({ method }) => method === 'PUT').length;
    const asked = async (times: number): Promise<void> => {
      await until(
        'a look',
        () => discord.calls.filter(({ method, path }) => method === 'GET' && path === global).length >= times,
      );
      await help();
    };

    it('are registered once, and again only if they differ', async () => {
      await start();
      await until('the commands', () => discord.commands.get(global));
      chat = await chat.restart();
      await until('a new session', () => discord.gateway.identified === 2);
      await asked(2);
      expect(puts()).toBe(1);
      discord.commands.set(global, [{ name: 'images', description: 'an older one' }]);
      chat = await chat.restart();
      await until('the commands', () => puts() === 2);
      expect(discord.commands.get(global)).toMatchObject([{ name: 'images', contexts: [0, 1, 2] }]);
    });

    it('are registered for only one server in development', async () => {
      await start({ DISCORD_GUILD_ID: GUILD });
      await until('the commands', () =>
        discord.commands.get(`/applications/${APP_ID}/guilds/${GUILD}/commands`),
      );
      expect(discord.commands.has(global)).toBe(false);
    });

    it('are registered later if Discord is busy at first', async () => {
      let refused = 0;
      discord.override = ({ method }) => {
        if (method !== 'PUT' || refused > 0) return null;
        refused += 1;
        return {
          status: 429,
          body: { message: 'slow', retry_after: 0.2, global: false },
          headers: { 'Retry-After': '0.2' },
        };
      };
      await start();
      expect(await until('the commands', () => discord.commands.get(global))).toHaveLength(1);
    });

    it('work as before if registering is forbidden', async () => {
      discord.override = ({ method }) => (method === 'PUT' ? refusal(403, 20_012) : null);
      await start();
      expect(await help()).toContain('/images search');
    });

    it('keep to the limits of Discord with every filter', () => {
      const filters = filterOptions(ENGINE_NAMES);
      const text = JSON.stringify(imagesCommand({ maxImages: 500, filters }));
      expect(filters.map(({ field }) => field).toSorted()).toEqual([...FILTER_FIELDS].toSorted());
      expect(text).toContain('{"name":"DuckDuckGo","value":"duckduckgo"}');
      expect(text).toContain(
        '{"name":"Free to change and use commercially","value":"commercial_modification"}',
      );
      for (const [, about = ''] of text.matchAll(/"description":"([^"]*)"/g))
        expect(about.length).toBeLessThanOrEqual(100);
      for (const [, name = ''] of text.matchAll(/"name":"([^"]*)","description"/g))
        expect(name).toMatch(/^[a-z_]{1,32}$/);
      for (const { choices } of filters) expect(choices?.length ?? 0).toBeLessThanOrEqual(25);
    });
  });
});
