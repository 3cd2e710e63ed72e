import { FILTER_FIELDS } from '../../../src/jobs/request/request-fields.js';
import { idOf } from '../../support/sample-jobs.js';
import { ChatApp } from '../../support/chat/chat-app.js';
import {
  blockAction,
  encoded,
  signedHeaders,
  SIGNING_SECRET,
  slashCommand,
  viewSubmission,
} from '../../support/chat/slack-requests.js';
import { readInBlocks } from '../../support/chat/slack-messages.js';
import { SlackServer } from '../../support/chat/slack-server.js';
import { until } from '../../support/until.js';

describe('Slack over HTTP', () => {
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

  const post = (path: string, body: string, headers: Record<string, string>): Promise<Response> =>
    fetch(`${chat.url}${path}`, { method: 'POST', body, headers });
  const command = (text: string, parts = {}): Promise<Response> => {
    const body = encoded(slashCommand(text, { responseUrl: slack.responseUrl(), ...parts }));
    return post('/slack/commands', body, signedHeaders(body, chat.clock.now()));
  };
  const interaction = (payload: object): Promise<Response> => {
    const body = encoded(payload);
    return post('/slack/interactions', body, signedHeaders(body, chat.clock.now()));
  };
  /** The text of the `count`-th answer that only the asker sees. */
  const told = async (count = 1): Promise<string> => {
    await until('an answer', () => slack.answers.length >= count);
    return String(slack.answers[count - 1]?.body['text']);
  };
  const jobOf = async (index = 0) => {
    const id = await until('a job', () => chat.scheduled[index] ?? null);
    const job = await chat.store.get(id);
    if (job === null) throw new Error('the job is not in the store');
    return job;
  };

  describe('a command', () => {
    it('is acknowledged at once with an empty body, and confirmed in words', async () => {
      const answer = await command('red panda 100 tomorrow 9am');
      expect([answer.status, await answer.text()]).toEqual([200, '']);
      expect(await told()).toContain('100 images of “red panda” on Sat 16 January 2027, 09:00 CET');
      expect(slack.answers[0]?.body).toMatchObject({ response_type: 'ephemeral' });
      const job = await jobOf();
      expect(job).toMatchObject({ door: 'slack', dueAt: Date.parse('2027-01-16T08:00:00Z') });
      expect(job.request.recipients).toEqual([{ channel: 'slack', address: 'T1/C1/U1' }]);
    });

    it('takes filters and an e-mail address by their names, and confirms them', async () => {
      await command('red panda size:large 20 licence:reuse email:ana@example.org engine:bing in 2 hours');
      const answer = await told();
      expect(answer).toContain('20 images of “red panda”');
      expect(answer).toContain('Only: large, free to reuse');
      expect(answer).toContain('Searched with: Bing');
      expect(answer).toContain('E-mail: ana@example.org. No mail server is set here, so no mail is sent.');
      expect((await jobOf()).request).toMatchObject({
        query: 'red panda',
        filters: { size: 'large', licence: 'reuse' },
        engines: ['bing'],
        recipients: [{ channel: 'email', address: 'ana@example.org' }, { channel: 'slack' }],
      });
    });

    it('names the wrong filter, and explains how to write filters', async () => {
      await command('red panda size:hugo 20');
      expect(await told()).toContain(
        'There is no “hugo” to choose here. Choose one of: small, medium, large.',
      );
      await command('help');
      expect(await told(2)).toContain('size:small|medium|large');
      expect(chat.scheduled).toEqual([]);
    });

    it('waits for the zone if Slack refuses calls as too many', async () => {
      slack.limit('users.info', 1, 1);
      await command('red panda 100 tomorrow 9am');
      expect(await told()).toContain('09:00 CET (Europe/Vienna)');
    });

    it('is still answered if Slack was away when the answer was ready', async () => {
      slack.mood = 'reset';
      await command('red panda 5 in 2 hours');
      await until('a job', () => chat.scheduled.length === 1);
      const before = slack.turnedAway;
      await until('every way was tried', () => slack.turnedAway >= before + 3, 60_000);
      slack.mood = 'up';
      // Which way is tried next when Slack comes back is left to chance.
      expect(await until('an answer', () => slack.toldAnyWay()[0])).toContain('red panda');
    }, 90_000);

    it('reports problems and starts nothing', async () => {
      await command('red panda 100 tomorrow');
      expect(await told()).toContain('Say the hour too');
      expect(chat.scheduled).toEqual([]);
    });

    it('asks for the zone if the profile has none, and reads it from the text', async () => {
      slack.override = ({ method }) =>
        method === 'users.info' ? { ok: false, error: 'missing_scope' } : null;
      await command('red panda 100 tomorrow 9am');
      expect(await told()).toContain('Choose the time zone');
      await command('red panda 100 tomorrow 9am Asia/Tokyo');
      expect(await told(2)).toContain('(Asia/Tokyo)');
      expect((await jobOf()).dueAt).toBe(Date.parse('2027-01-16T00:00:00Z'));
    });

    it('explains itself, and lists only the open jobs of the person', async () => {
      await command('help');
      expect(await told()).toContain('/images red panda 100 tomorrow 9am');
      await command('red panda 7');
      await command('"blue tit" 8 in 2 hours');
      await until('two jobs', () => chat.scheduled.length === 2);
      await until('both answers', () => slack.answers.length === 3);
      await command('list');
      expect(await told(4)).toMatch(/Your 2 open jobs[^]*red panda[^]*blue tit/);
      await command('list', { user: 'U2' });
      expect(await told(5)).toContain('no open jobs');
    });

    it('cancels a job of any door for a person who has the address of its page', async () => {
      const form = { query: 'cats', count: 3, date: '2027-02-01', time: '10:00', timeZone: 'UTC' };
      const made = await fetch(`${chat.url}/jobs`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
        body: JSON.stringify(form),
      });
      const { links } = (await made.json()) as { links: { self: string } };
      await command(`cancel <${links.self}>`, { user: 'U9' });
      expect(await told()).toContain('Cancelled: 3 images of “cats”');
      expect((await jobOf()).state).toBe('cancelled');
      await command('cancel https://pics.example/jobs/AbCdEfGhIjKlMnOpQrStUvWxYz012345');
      expect(await told(2)).toContain('not the address of a job page');
    });

    it.each([
      ['<!channel> & <@U123|bob> *bold*', '@channel & @bob *bold*'],
      ['&lt;!here&gt; &amp; co', '<!here> & co'],
      ['*x* _y_ ~z~ `w` ```v```', '*x* _y_ ~z~ `w` ```v```'],
      ['&lt;https://evil.example|free&gt;', '<https://evil.example|free>'],
      ['&amp;lt;', '&lt;'],
      ['&gt; said', '> said'],
      ['красная панда', 'красная панда'],
      ['قط أحمر', 'قط أحمر'],
      ['小熊猫 🐼', '小熊猫 🐼'],
      ["o'neil <http://evil.example|click>", "o'neil click"],
    ])('shows the search "%s" letter by letter', async (query, shown) => {
      await command(`"${query}" 5 in 2 hours`);
      const escaped = shown.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
      expect(await told()).toContain(`5 images of “${escaped}”`);
      expect(slack.answers[0]?.body).toMatchObject({ mrkdwn: false });
      expect(readInBlocks(slack.answers[0]?.body['blocks'])).toContain(`**5 images of “${shown}”**`);
      expect((await jobOf()).request.query).toBe(shown);
      await command('list');
      expect(await told(2)).toContain(`5 images of “${escaped}”`);
      expect(readInBlocks(slack.answers[1]?.body['blocks'])).toContain(`• 5 images of “${shown}”`);
    });

    it('shows unreadable input letter by letter too', async () => {
      await command('red panda 5 size:*huge*');
      expect(await told()).toContain('There is no “*huge*” to choose here.');
      expect(readInBlocks(slack.answers[0]?.body['blocks'])).toContain(
        'There is no “*huge*” to choose here.',
      );
      expect(JSON.stringify(slack.answers[0]?.body)).not.toContain('"mrkdwn",');
    });

    it('turns the names that Slack sends back into emoji', async () => {
      await command(':panda_face: on :partyparrot: 20');
      expect(await told()).toContain('20 images of “🐼 on partyparrot”');
      expect((await jobOf()).request.query).toBe('🐼 on partyparrot');
    });

    it('starts at the time of a Discord timestamp anywhere in the text', async () => {
      await command('red panda 20 &lt;t:1800100000:F&gt;');
      expect(await told()).toContain('20 images of “red panda” on');
      expect((await jobOf()).dueAt).toBe(1_800_100_000_000);
    });

    it.each([
      ['red panda 5 2027-02-30', 'There is no 30 February.'],
      ['red panda 5 29.2.2027 10:00', 'There is no 29 February 2027.'],
      ['red panda 5 31 April 9am', 'There is no 31 April.'],
      ['red panda 5 2027-13-01 10:00', 'There is no month 13'],
      ['red panda 5 tomorrow 25:00', 'There is no 25:00 on a clock.'],
    ])('says about "%s" what does not exist', async (text, problem) => {
      await command(text);
      expect(await told()).toContain(problem);
      expect(chat.scheduled).toEqual([]);
    });

    it('is answered by the bot if the response address has expired', async () => {
      const responseUrl = slack.responseUrl();
      slack.expireResponseUrls();
      await command('red panda 5', { responseUrl });
      await until('a private message', () => slack.messages.ephemeral.length === 1);
      expect(slack.messages.ephemeral[0]).toMatchObject({ channel: 'C1', user: 'U1' });
    });

    it('is answered directly if the bot is not in the conversation', async () => {
      slack.messages.refusing.set('C1', 'not_in_channel');
      await command('red panda 5', { responseUrl: '' });
      const [direct] = await until(
        'a direct message',
        () => slack.messages.in('DU1').length > 0 && slack.messages.in('DU1'),
      );
      expect(direct?.text).toContain('red panda');
    });

    it('refuses a person who asks too often', async () => {
      await chat.stop();
      chat = await ChatApp.start({
        ...slack.settings,
        SLACK_SIGNING_SECRET: SIGNING_SECRET,
        RATE_PER_PERSON: '1/1h',
      });
      await command('red panda 5');
      await told();
      await command('blue tit 5');
      expect(await told(2)).toContain('Please try again in');
      expect(chat.scheduled).toHaveLength(1);
    });
  });

  describe('a signed request', () => {
    const body = encoded(slashCommand('red panda 5', { trigger: 'once' }));

    it.each([
      ['another secret', (now: number) => signedHeaders(body, now, 'another')],
      ['another body', (now: number) => signedHeaders(`${body}&x=1`, now)],
      ['more than five minutes old', (now: number) => signedHeaders(body, now - 301_000)],
      ['more than five minutes ahead', (now: number) => signedHeaders(body, now + 302_000)],
      ['without a signature', () => ({ 'Content-Type': 'application/x-www-form-urlencoded' })],
      [
        'with a signature of another length',
        (now: number) => ({ ...signedHeaders(body, now), 'X-Slack-Signature': 'v0=00' }),
      ],
    ])('is refused: %s', async (_what, headers) => {
      const answer = await post('/slack/commands', body, headers(chat.clock.now()));
      expect(answer.status).toBe(401);
      expect(slack.calls).toEqual([]);
    });

    it.each([-299_000, 299_000])('is taken when it is %d ms off our clock', async (offsetMs) => {
      const answer = await post('/slack/commands', body, signedHeaders(body, chat.clock.now() + offsetMs));
      expect(answer.status).toBe(200);
      await until('a job', () => chat.scheduled.length === 1);
    });

    it('is taken with a charset beside its content type', async () => {
      const headers = signedHeaders(body, chat.clock.now());
      headers['Content-Type'] = 'application/x-www-form-urlencoded; charset=UTF-8';
      expect((await post('/slack/commands', body, headers)).status).toBe(200);
      await until('a job', () => chat.scheduled.length === 1);
    });

    it('is taken once: replayed it is refused, and signed anew it starts and says nothing more', async () => {
      const headers = signedHeaders(body, chat.clock.now());
      expect((await post('/slack/commands', body, headers)).status).toBe(200);
      expect((await post('/slack/commands', body, headers)).status).toBe(401);
      const again = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          post('/slack/commands', body, signedHeaders(body, chat.clock.now() + index * 1000)),
        ),
      );
      expect(new Set(again.map(({ status }) => status)).size).toBeLessThanOrEqual(2);
      await until('an answer', () => slack.messages.ephemeral.length > 0);
      await command('list', { user: 'U1' });
      expect(await told()).toContain('Your open job');
      expect(slack.messages.ephemeral).toHaveLength(1);
      expect(new Set(chat.scheduled).size).toBe(1);
    });

    it('answers the challenge that Slack sends when the address is set', async () => {
      const challenge = JSON.stringify({ type: 'url_verification', challenge: 'abc' });
      const headers = { ...signedHeaders(challenge, chat.clock.now()), 'Content-Type': 'application/json' };
      const answer = await post('/slack/events', challenge, headers);
      expect(await answer.json()).toEqual({ challenge: 'abc' });
    });
  });

  it('acknowledges each of a hundred commands at once with an empty body, and runs all', async () => {
    const acks = await Promise.all(
      Array.from({ length: 100 }, async (_, index) => {
        const answer = await command(`panda${index} 5 in 2 hours`, { user: `U${index % 10}` });
        return [answer.status, await answer.text()].join();
      }),
    );
    expect(new Set(acks)).toEqual(new Set(['200,']));
    await until('every answer', () => slack.answers.length === 100);
    expect(new Set(chat.scheduled).size).toBe(100);
  });

  describe('the form', () => {
    it('opens filled in from the profile, and becomes a job', async () => {
      slack.profiles.set('U1', { tz: 'America/New_York', profile: { email: 'ana@example.org' } });
      await command('');
      const [opened] = await until(
        'a form',
        () => slack.callsOf('views.open').length > 0 && slack.callsOf('views.open'),
      );
      const view = JSON.stringify(opened?.args['view']);
      expect(view).toContain('"initial_value":"ana@example.org"');
      expect(opened?.args['view']).toMatchObject({
        private_metadata: JSON.stringify({ conversation: 'C1', timeZone: 'America/New_York' }),
      });
      const answer = await interaction(
        viewSubmission(
          {
            query: { type: 'plain_text_input', value: 'red panda' },
            count: { type: 'number_input', value: '12' },
            when: { type: 'datetimepicker', selected_date_time: Date.parse('2027-01-20T14:00:00Z') / 1000 },
            email: { type: 'email_text_input', value: 'ana@example.org' },
          },
          { conversation: 'C1', timeZone: 'America/New_York' },
          'V1',
        ),
      );
      expect([answer.status, await answer.text()]).toEqual([200, '']);
      await until('an answer', () => slack.messages.ephemeral.length > 0);
      expect(slack.messages.ephemeral[0]?.['text']).toContain('Wed 20 January 2027, 09:00');
      const job = await jobOf();
      expect(job.request).toMatchObject({ count: 12, timeZone: 'America/New_York' });
      expect(job.request.recipients).toEqual([
        { channel: 'email', address: 'ana@example.org' },
        { channel: 'slack', address: 'T1/C1/U1' },
      ]);
    });

    it('turns the names that Slack sends back into emoji in a form, too', async () => {
      const values = {
        query: { type: 'plain_text_input', value: ':wave::skin-tone-3: hello' },
        count: { type: 'number_input', value: '5' },
      };
      await interaction(viewSubmission(values, { conversation: 'C1', timeZone: 'UTC' }, 'V5'));
      expect((await jobOf()).request.query).toBe('👋🏼 hello');
    });

    it('takes several lines as a list, and shows every wrong line beside them', async () => {
      const send = (value: string, id: string) => {
        const values = {
          query: { type: 'plain_text_input', value },
          count: { type: 'number_input', value: '5' },
        };
        return interaction(viewSubmission(values, { conversation: 'C1', timeZone: 'UTC' }, id));
      };
      const wrong = await (await send('fox\n\nowl | 500\nfox', 'V6')).json();
      expect(wrong).toEqual({
        response_action: 'errors',
        errors: { query: expect.stringMatching(/^Line 2 is empty.* Line 4 is the same search as line 1/) },
      });
      await send('fox\nbirds: owl | 7\n', 'V7');
      expect((await jobOf()).request).toMatchObject({
        count: 12,
        queries: [
          { text: 'fox', count: 5 },
          { text: 'owl', count: 7, name: 'birds' },
        ],
      });
      await until('an answer', () => slack.messages.ephemeral.length > 0);
      const [{ text }] = slack.messages.ephemeral as [{ text: string }];
      expect(text).toContain('“fox” and 1 more');
      expect(JSON.stringify(slack.messages.ephemeral)).toContain('fox: 5, birds: 7');
    });

    it('offers filters, and passes the chosen filters to the job', async () => {
      await command('');
      const opened = await until(
        'a form',
        () => slack.callsOf('views.open').length > 0 && slack.callsOf('views.open'),
      );
      expect(JSON.stringify(opened[0]?.args['view'])).toContain('"value":"public_domain"');
      const chosen = (value: string): object => ({ type: 'static_select', selected_option: { value } });
      const answer = await interaction(
        viewSubmission(
          {
            query: { type: 'plain_text_input', value: 'red panda' },
            count: { type: 'number_input', value: '12' },
            when: { type: 'datetimepicker', selected_date_time: Date.parse('2027-01-20T14:00:00Z') / 1000 },
            size: chosen('large'),
            color: { type: 'static_select', selected_option: null },
            safe: chosen('strict'),
          },
          { conversation: 'C1', timeZone: 'UTC' },
          'V3',
        ),
      );
      expect([answer.status, await answer.text()]).toEqual([200, '']);
      await until('an answer', () => slack.messages.ephemeral.length > 0);
      expect((await jobOf()).request.filters).toEqual({ size: 'large', safe: 'strict' });
    });

    it('shows filters that contradict each other beside one of them', async () => {
      const choice = (value: string): object => ({ type: 'static_select', selected_option: { value } });
      const values = {
        query: { type: 'plain_text_input', value: 'red panda' },
        count: { type: 'number_input', value: '5' },
        size: choice('small'),
        minWidth: { type: 'plain_text_input', value: '800' },
        aspect: choice('wide'),
        fileType: choice('jpeg'),
        color: choice('transparent'),
        sites: { type: 'plain_text_input', value: 'not a site!' },
        engines: choice('altavista'),
      };
      const answer = await interaction(viewSubmission(values, { conversation: 'C1', timeZone: 'UTC' }, 'V4'));
      const { errors } = (await answer.json()) as { errors: Record<string, string> };
      expect(Object.keys(errors).toSorted()).toEqual(['engines', 'fileType', 'sites', 'size']);
    });

    it('has a field for every filter', async () => {
      await command('');
      const [opened] = await until(
        'a form',
        () => slack.callsOf('views.open').length > 0 && slack.callsOf('views.open'),
      );
      const view = JSON.stringify(opened?.args['view']);
      for (const field of FILTER_FIELDS) expect(view).toContain(`"block_id":"${field}"`);
      expect(view).toContain('"value":"openverse"');
    });

    it('shows each problem beside its field', async () => {
      const values = {
        query: { type: 'plain_text_input', value: '  ' },
        count: { type: 'number_input', value: '501' },
        when: { type: 'datetimepicker', selected_date_time: 1_000_000_000 },
        email: { type: 'email_text_input', value: 'nobody' },
      };
      const answer = await interaction(viewSubmission(values, { conversation: 'C1', timeZone: 'UTC' }, 'V2'));
      const { response_action: action, errors } = (await answer.json()) as Record<
        string,
        Record<string, string>
      >;
      expect(action).toBe('errors');
      expect(Object.keys(errors ?? {}).toSorted()).toEqual(['count', 'email', 'query', 'when']);
      expect(errors?.['count']).toContain('at most 500');
      expect(chat.scheduled).toEqual([]);
    });

    it('tells what to write if Slack does not open it', async () => {
      slack.override = ({ method }) =>
        method === 'views.open' ? { ok: false, error: 'expired_trigger_id' } : null;
      await command('');
      expect(await told()).toContain('Write it instead: /images red panda 100');
    });
  });

  describe('a button', () => {
    const press = (action: string, value: string, user = 'U1'): Promise<Response> =>
      interaction(blockAction(action, value, { user, responseUrl: slack.responseUrl() }));

    it('works for the asker, is safe to press twice, and refuses others', async () => {
      await command('red panda 5 in 2 hours');
      const { id } = await jobOf();
      await told();
      await press('job_cancel', id, 'U2');
      expect(await told(2)).toContain('Only the person who asked');
      expect((await jobOf()).state).toBe('scheduled');
      await press('job_cancel', id);
      expect(await told(3)).toContain('Cancelled');
      await press('job_cancel', id);
      expect(await told(4)).toContain('Cancelled');
      expect((await jobOf()).state).toBe('cancelled');
    });

    it('works for an admin', async () => {
      slack.profiles.set('U2', { tz: 'UTC', is_admin: true, profile: {} });
      await command('red panda 5 in 2 hours');
      const { id } = await jobOf();
      await told();
      await press('job_cancel', id, 'U2');
      expect(await told(2)).toContain('Cancelled');
    });

    it('retries once, even if pressed many times', async () => {
      await command('red panda 5 in 2 hours');
      const { id } = await jobOf();
      await told();
      await Promise.all(Array.from({ length: 5 }, () => press('job_retry', id)));
      await until('five answers', () => slack.answers.length === 6);
      expect(new Set(chat.scheduled).size).toBe(2);
    });

    it('starts a scheduled job at once', async () => {
      await command('red panda 5 in 2 hours');
      const { id } = await jobOf();
      await told();
      expect(JSON.stringify(slack.answers[0]?.body)).toContain('job_start');
      await press('job_start', id);
      expect(await told(2)).toContain('Starting now: 5 images of “red panda”');
      expect((await chat.store.get(id))?.dueAt).toBeLessThanOrEqual(chat.clock.now());
    });

    it('goes on after a ready job once, even if pressed many times, and only for its asker', async () => {
      await command('red panda 5 in 2 hours');
      const { id } = await jobOf();
      await told();
      const at = chat.clock.now();
      await chat.store.begin(id, 0, at);
      const archive = { name: `${id}/1.zip`, bytes: 1, sha256: 'x' } as const;
      const ready = { archive, delivered: 3, shortfall: [], expiresAt: at + 3_600_000 };
      await chat.store.finish(id, 1, { state: 'ready', at, ...ready });
      await press('job_next', id, 'U2');
      expect(await told(2)).toContain('Only the person who asked');
      await Promise.all(Array.from({ length: 3 }, () => press('job_missing', id)));
      expect(await told(5)).toContain('Collecting 2 images of “red panda”, none of them again.');
      expect(new Set(chat.scheduled).size).toBe(2);
      await press('job_next', id);
      expect(await told(6)).toContain('Collecting 5 images of “red panda”');
      await press('job_change', id);
      expect(await told(7)).toContain('Your earlier request is filled in here');
    });

    it('deletes now, and says so when pressed again', async () => {
      await command('red panda 5 in 2 hours');
      const { id } = await jobOf();
      await told();
      await press('job_delete', id);
      expect(await told(2)).toContain('Deleted');
      await press('job_delete', id);
      expect(await told(3)).toContain('There is no such job any more');
    });

    it('is only acknowledged if it opens a page or names no job', async () => {
      expect((await press('job_open', '')).status).toBe(200);
      expect((await press('job_cancel', '../../etc')).status).toBe(200);
      await press('job_cancel', idOf('nothing'));
      expect(await told()).toContain('There is no such job any more');
      expect(slack.answers).toHaveLength(1);
    });
  });

  it('finishes acknowledged work before the service stops', async () => {
    const acks = await Promise.all(
      Array.from({ length: 20 }, (_, index) => command(`panda${index} 5 in 2 hours`)),
    );
    expect(acks.every(({ status }) => status === 200)).toBe(true);
    chat = await chat.restart();
    await command('list');
    await until('the list', () =>
      slack.answers.some(({ body }) => String(body['text']).includes('Your 20 open jobs')),
    );
  });

  it('keeps answering while Slack is down, without losing requests', async () => {
    slack.mood = 'unavailable';
    const answer = await command('red panda 5 in 2 hours');
    expect(answer.status).toBe(200);
    await until('a job', () => chat.scheduled.length === 1);
    slack.mood = 'up';
    await until('the job in the list', async () => {
      await command('list');
      return slack.answers.some(({ body }) => String(body['text']).includes('Your open job'));
    });
    expect(chat.scheduled).toHaveLength(1);
  });
});
