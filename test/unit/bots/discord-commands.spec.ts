import { ChatApp } from '../../support/chat/chat-app.js';
import {
  ANA,
  BOB,
  CHANNEL,
  command,
  GUILD,
  press,
  submitted,
  typing,
} from '../../support/chat/discord-interactions.js';
import { directChannel, DiscordServer, refusal, type Taken } from '../../support/chat/discord-server.js';
import { until } from '../../support/until.js';

describe('Discord commands', () => {
  let discord: DiscordServer;
  let chat: ChatApp;
  const start = async (settings: Readonly<Record<string, string>> = {}): Promise<void> => {
    const before = discord.gateway.identified;
    chat = await ChatApp.start({ ...discord.settings, ...settings });
    await until('a session', () => discord.gateway.identified > before);
  };
  beforeEach(async () => {
    discord = await new DiscordServer().start();
    await start();
  });
  afterEach(async () => {
    await chat.stop();
    await discord.stop();
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

  it('are acknowledged for the asker only, and confirmed in words', async () => {
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

  it('report problems, start nothing and offer the form with the typed values', async () => {
    const taken = discord.send(command('search', { query: 'red panda', when: 'tomorrow', timezone: 'UTC' }));
    expect(await told(taken)).toContain('Say the hour too');
    expect(chat.scheduled).toEqual([]);
    const opened = discord.send(press(buttonIds(taken.original)[0] ?? ''));
    const first = await until('the form', () => opened.first);
    expect(first.type).toBe(9);
    expect(JSON.stringify(first.data)).toMatch(/"custom_id":"query"[^}]*"value":"red panda"/);
    expect(JSON.stringify(first.data)).toMatch(/"custom_id":"when"[^}]*"value":"tomorrow"/);
  });

  it('keep the filters of a command that is corrected in the form', async () => {
    const options = {
      query: 'red panda',
      when: 'tomorrow',
      size: 'large',
      min_width: '800',
      engine: 'google',
    };
    const taken = discord.send(command('search', options));
    await told(taken);
    const opened = discord.send(press(buttonIds(taken.original)[0] ?? ''));
    const { data } = await until('the form', () => opened.first);
    const [, query = ''] = /"custom_id":"query"[^}]*"value":"([^"]+)"/.exec(JSON.stringify(data)) ?? [];
    expect(query).toBe('red panda size:large minwidth:800 engine:google');
    const values = { query, when: 'tomorrow 9am', timeZone: 'Asia/Tokyo' };
    const answer = await told(discord.send(submitted(String(data?.['custom_id']), values)));
    expect(answer).toContain('Only: large, at least 800 pixels wide');
    expect((await jobOf()).request).toMatchObject({ query: 'red panda', engines: ['google'] });
  });

  it('take filters as words in the search too, unless an option overrides them', async () => {
    await search({ query: 'red panda size:small color:red', size: 'large' });
    const { query, filters } = (await jobOf()).request;
    expect([query, filters]).toEqual(['red panda', { size: 'large', color: 'red' }]);
  });

  it('take the form, with the remembered zone', async () => {
    await search({ query: 'blue tit', timezone: 'asia/tokyo' });
    const opened = discord.send(command('form'));
    const { data } = await until('the form', () => opened.first);
    expect(JSON.stringify(data)).toMatch(/"custom_id":"timeZone"[^}]*"value":"Asia\/Tokyo"/);
    const taken = discord.send(
      submitted(String(data?.['custom_id']), { query: 'red panda', count: '7', when: 'tomorrow 9am' }),
    );
    expect(await told(taken)).toContain('7 images of “red panda”');
    expect((await jobOf(1)).dueAt).toBe(Date.parse('2027-01-16T00:00:00Z'));
  });

  it('take several lines of the form as a list, and offer them again if a line is wrong', async () => {
    const opened = discord.send(command('form'));
    const form = String((await until('the form', () => opened.first)).data?.['custom_id']);
    const query = 'fox size:large\nbirds: owl | 7\nFox';
    const refused = discord.send(submitted(form, { query, count: '5' }));
    expect(await told(refused)).toContain('Line 3 is the same search as line 1');
    const again = discord.send(press(buttonIds(refused.original)[0] ?? ''));
    const { data } = await until('the form', () => again.first);
    expect(JSON.stringify(data)).toContain(String.raw`"value":"fox\nbirds: owl | 7\nFox size:large"`);
    const answer = await told(
      discord.send(submitted(form, { query: query.replace('Fox', 'bear'), count: '5' })),
    );
    expect(answer).toContain('17 images of “fox” and 2 more');
    expect(answer).toContain('fox: 5, birds: 7, bear: 5');
    expect((await jobOf()).request).toMatchObject({ filters: { size: 'large' }, queries: { length: 3 } });
  });

  it('remember the zone of each person separately', async () => {
    await search({ query: 'blue tit', timezone: 'Asia/Tokyo' });
    expect(await search({ query: 'red panda', when: 'tomorrow 9am' }, { user: BOB })).toContain(
      'Choose the time zone',
    );
    expect(await search({ query: 'red panda', when: 'tomorrow 9am' })).toContain('I will collect');
  });

  it('work in direct messages, and list jobs of all conversations', async () => {
    await search({ query: 'red panda', count: 7 });
    const scene = { guild: null, channel: directChannel(ANA) };
    await search({ query: 'blue tit', count: 8 }, scene);
    const list = await told(discord.send(command('list', {}, scene)));
    expect(list).toMatch(/Your 2 open jobs[^]*red panda[^]*blue tit/);
    expect((await jobOf(1)).request.recipients[0]?.address).toBe(`-/${directChannel(ANA)}/${ANA}`);
    expect(await told(discord.send(command('list', {}, { user: BOB })))).toContain('no open jobs');
  });

  it('also tell an e-mail address if one is named', async () => {
    await search({ query: 'red panda', email: 'ana@example.org' });
    const { recipients } = (await jobOf()).request;
    expect(recipients.map(({ channel }) => channel)).toEqual(['email', 'discord']);
  });

  it('cancel a job for a person who has the address of its page', async () => {
    const answer = await search({ query: 'red panda', count: 5 });
    const page = /\(<(https:[^>]+)>\)/.exec(answer)?.[1] ?? '';
    const suggested = discord.send(typing('cancel', 'job', { job: 'panda' }));
    const { data } = await until('suggestions', () => suggested.first);
    expect(data).toEqual({ choices: [{ name: '5 images of “red panda”', value: page.split('/').at(-1) }] });
    expect(await told(discord.send(command('cancel', { job: page }, { user: BOB })))).toContain('Cancelled');
    expect((await jobOf()).state).toBe('cancelled');
    expect(await told(discord.send(command('cancel', { job: 'nonsense' })))).toContain('not the address');
  });

  it('explain the commands of Discord', async () => {
    expect(await told(discord.send(command('help')))).toContain('/images search');
  });

  it.each([
    ['@everyone **now** ||x||', String.raw`“\@everyone \*\*now\*\* \|\|x\|\|”`],
    ['<@600000000000000001> <#7> <:a:1>', String.raw`“\<\@600000000000000001\> \<#7\> \<\:a:1\>”`],
    ['[free](https://evil.example)', String.raw`“\[free\](https\://evil.example)”`],
    [
      '<:smile:1> <t:1800000000:F> </x:1> <id:home>',
      String.raw`“\<\:smile:1\> \<t\:1800000000:F\> \</x:1\> \<id:home\>”`,
    ],
    ['# x - y > z -# w', '“# x - y \\> z -# w”'],
    ['discord.gg/abc www.evil.example/x', String.raw`“discord.gg\/abc www.evil.example\/x”`],
    [':smile: 10:30', String.raw`“\:smile: 10:30”`],
    ['`code` ~~gone~~ _it_', String.raw`“\`code\` \~\~gone\~\~ \_it\_”`],
    ['красная панда', '“красная панда”'],
    ['قط أحمر', '“قط أحمر”'],
    ['小熊猫 🐼', '“小熊猫 🐼”'],
    ['ลูกแมว हिन्दी ಕನ್ನಡ', '“ลูกแมว हिन्दी ಕನ್ನಡ”'],
  ])('show the search "%s" letter by letter', async (query, shown) => {
    expect(await search({ query, count: 5 })).toContain(`**5 images of ${shown}**`);
    expect((await jobOf()).request.query).toBe(query);
  });

  it('answer an interaction only once', async () => {
    const payload = command('search', { query: 'red panda', count: 5 });
    const taken = discord.send(payload);
    await told(taken);
    for (let again = 0; again < 5; again += 1) discord.send(payload);
    await told(discord.send(command('list')));
    expect(taken.edits).toBe(1);
    expect(chat.scheduled).toHaveLength(1);
  });

  it('start one job if the same interaction comes again after a restart', async () => {
    const payload = command('search', { query: 'red panda', count: 5 });
    await told(discord.send(payload));
    chat = await chat.restart();
    await until('a new session', () => discord.gateway.identified > 1);
    discord.send(payload);
    expect(await told(discord.send(command('list')))).toContain('Your open job');
  });

  it('refuse a person, or a server, that asks too often', async () => {
    await chat.stop();
    await start({ RATE_PER_PERSON: '1/1h', RATE_PER_WORKSPACE: '2/1h' });
    await search({ query: 'red panda' });
    expect(await search({ query: 'blue tit' })).toContain('Please try again in');
    await search({ query: 'blue tit' }, { user: BOB });
    expect(await search({ query: 'cats' }, { user: '600000000000000003' })).toContain('Please try again in');
    expect(chat.scheduled).toHaveLength(2);
  });

  it('acknowledge a burst of 100 before running any, and answer all', async () => {
    const gate = Promise.withResolvers<void>();
    const submit = chat.store.submit.bind(chat.store);
    chat.store.submit = (job) => gate.promise.then(() => submit(job));
    const all = Array.from({ length: 100 }, (_, index) =>
      discord.send(
        command(
          'search',
          { query: `animal ${index}`, count: 5 },
          { user: String(610_000_000_000_000_000n + BigInt(index)) },
        ),
      ),
    );
    await until('all acknowledgements', () => all.every(({ first }) => first !== null));
    expect(chat.scheduled).toEqual([]);
    gate.resolve();
    await until('all answers', () => all.every(({ original }) => original !== null));
    expect(new Set(chat.scheduled).size).toBe(100);
  });

  describe('if Discord is in trouble', () => {
    it('start nothing that Discord told the person has failed', async () => {
      discord.override = ({ path }) =>
        path.endsWith('/callback') ? refusal(404, 10_062, 'Unknown interaction') : null;
      discord.send(command('search', { query: 'red panda' }));
      await until('an acknowledgement', () => discord.calls.some(({ path }) => path.endsWith('/callback')));
      discord.override = () => null;
      expect(await told(discord.send(command('list')))).toContain('no open jobs');
    });

    it('acknowledge again if the first try was lost on the way back', async () => {
      const lost = new Set<string>();
      discord.override = ({ path }) => {
        const isFirst = path.endsWith('/callback') && !lost.has(path);
        lost.add(path);
        return isFirst ? { status: 502, body: {} } : null;
      };
      expect(await search({ query: 'red panda' })).toContain('red panda');
    });

    it('acknowledge again if the line was cut', async () => {
      const lost = new Set<string>();
      discord.override = ({ path }) => {
        if (!path.endsWith('/callback') || lost.has(path)) return null;
        lost.add(path);
        return 'drop';
      };
      expect(await search({ query: 'red panda' })).toContain('red panda');
      discord.override = () => null;
      expect(await told(discord.send(command('list')))).toContain('Your open job');
    });

    it('answer again if the answer was refused for a while', async () => {
      const refused: string[] = [];
      discord.override = ({ method, path }) => {
        if (method !== 'PATCH' || refused.length === 2) return null;
        refused.push(path);
        return refused.length === 1
          ? {
              status: 429,
              body: { message: 'slow', retry_after: 0.1, global: false },
              headers: { 'Retry-After': '0.1' },
            }
          : { status: 503, body: {} };
      };
      expect(await search({ query: 'red panda' })).toContain('red panda');
      expect(refused).toHaveLength(2);
    });

    it('answer in a direct message after the token of the interaction has expired', async () => {
      discord.override = ({ method, path }) => {
        if (method === 'POST' && path.endsWith('/callback')) setImmediate(() => discord.expireTokens());
        return null;
      };
      discord.send(command('search', { query: 'red panda' }));
      const [direct] = await until('a direct message', () => {
        const found = discord.in(directChannel(ANA));
        return found.length > 0 && found;
      });
      expect(direct?.content).toContain('Follow it on your');
      expect(discord.in(CHANNEL)).toEqual([]);
    });

    it('leave out buttons with an address that Discord refuses', async () => {
      discord.override = ({ body }) =>
        JSON.stringify(body).includes('"url":') ? refusal(400, 50_035, 'Invalid Form Body') : null;
      const taken = discord.send(command('search', { query: 'red panda' }));
      expect(await told(taken)).toContain('job page');
      expect(buttonIds(taken.original)).toEqual([expect.stringMatching(/^job_cancel:/)]);
    });
  });
});

function buttonIds(message: Readonly<Record<string, unknown>> | null): string[] {
  return [...JSON.stringify(message).matchAll(/"custom_id":"([^"]+)"/g)].map(([, id]) => id ?? '');
}
