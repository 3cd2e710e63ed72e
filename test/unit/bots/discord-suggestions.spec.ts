import { ChatApp } from '../../support/chat/chat-app.js';
import { command, typing } from '../../support/chat/discord-interactions.js';
import { DiscordServer } from '../../support/chat/discord-server.js';
import { until } from '../../support/until.js';

interface Choice {
  readonly name: string;
  readonly value: string;
}

describe('Discord suggestions', () => {
  let discord: DiscordServer;
  let chat: ChatApp;
  beforeAll(async () => {
    discord = await new DiscordServer().start();
    chat = await ChatApp.start(discord.settings);
    await until('a session', () => discord.gateway.identified > 0);
  });
  afterAll(async () => {
    await chat.stop();
    await discord.stop();
  });

  const suggested = async (focused: string, options: Readonly<Record<string, string>>): Promise<Choice[]> => {
    const taken = discord.send(typing('search', focused, options));
    const { type, data } = await until('suggestions', () => taken.first);
    expect(type).toBe(8);
    const choices = data?.['choices'] as Choice[];
    expect(choices.length).toBeLessThanOrEqual(25);
    for (const { name, value } of choices)
      expect(Math.max(name.length, value.length)).toBeLessThanOrEqual(100);
    return choices;
  };
  const when = (words: string, timezone = 'Europe/Vienna'): Promise<Choice[]> =>
    suggested('when', { query: 'red panda', timezone, when: words });

  it('confirm the time that was read, with its zone', async () => {
    // Half a minute off, so that the time the test takes changes nothing.
    chat.clock.advance(90_000);
    expect(await when('tomorrow 9am')).toEqual([
      {
        name: 'Sat 16 January 2027, 09:00 CET (Europe/Vienna) – in 19 hours 58 minutes',
        value: 'tomorrow 9am',
      },
    ]);
    expect(await when('now')).toEqual([{ name: 'Now', value: 'now' }]);
  });

  it('offer both halves of the day for an ambiguous hour, and hours for a day without one', async () => {
    expect((await when('tomorrow at 9')).map(({ value }) => value)).toEqual([
      'tomorrow at 9am',
      'tomorrow at 9pm',
    ]);
    expect((await when('tomorrow')).map(({ value }) => value)).toEqual([
      'tomorrow 9am',
      'tomorrow 12:00',
      'tomorrow 6pm',
    ]);
  });

  it('explain a bad time: unclear, over, skipped by the clocks, shown twice', async () => {
    const [unclear] = await when('blue');
    expect(unclear?.name).toContain('I cannot read this time');
    expect((await when('2020-01-01 10:00'))[0]?.name).toContain('That is over');
    expect((await when('2027-03-28 02:30'))[0]?.name).toContain('Clocks in Vienna go forward then');
    expect((await when('2027-10-31 02:30'))[0]?.name).toContain('the first of two');
  });

  it('start with common times', async () => {
    expect((await when('')).map(({ value }) => value)).toEqual([
      'now',
      'in 1 hour',
      'tomorrow 9am',
      'tomorrow 6pm',
    ]);
  });

  it('stay within the limits for any input', async () => {
    expect(await when('🐼'.repeat(300))).toHaveLength(1);
    expect(await when('tomorrow 9am'.repeat(20))).toHaveLength(1);
  });

  it('find time zones by any part of their names', async () => {
    const zones = await suggested('timezone', { query: 'red panda', timezone: 'new yo' });
    expect(zones[0]).toEqual({ name: 'America/New York (UTC-05:00)', value: 'America/New_York' });
    expect(await suggested('timezone', { query: 'red panda', timezone: 'nowhere' })).toEqual([]);
    expect(await suggested('timezone', { query: 'red panda', timezone: '' })).toHaveLength(25);
  });

  it('put the zone used before first, and read times in it', async () => {
    const taken = discord.send(command('search', { query: 'cats', timezone: 'Asia/Tokyo' }));
    await until('an answer', () => taken.original);
    expect((await suggested('timezone', { query: 'red panda', timezone: '' }))[0]?.value).toBe('Asia/Tokyo');
    const [read] = await suggested('when', { query: 'red panda', when: 'tomorrow 9am' });
    expect(read?.name).toContain('09:00 GMT+9 (Asia/Tokyo)');
  });
});
