import { sampleJob } from '../../support/sample-jobs.js';
import { ChatApp } from '../../support/chat/chat-app.js';
import { blockAction, slashCommand, viewSubmission } from '../../support/chat/slack-requests.js';
import { SlackServer } from '../../support/chat/slack-server.js';
import { until } from '../../support/until.js';

describe('Slack in Socket Mode', () => {
  let slack: SlackServer;
  let chat: ChatApp;
  beforeEach(async () => {
    slack = await new SlackServer().start();
    chat = await ChatApp.start({ ...slack.settings, SLACK_APP_TOKEN: slack.appToken });
    await until('a connection', () => slack.sockets.open.size === 1);
  });
  afterEach(async () => {
    await chat.stop();
    await slack.stop();
  });

  const command = (text: string): string =>
    slack.sockets.send('slash_commands', slashCommand(text, { responseUrl: slack.responseUrl() }));
  const acked = (envelope: string) =>
    until(
      'an acknowledgement',
      () => slack.sockets.acks.find(({ envelope_id: id }) => id === envelope) ?? null,
    );

  it('takes commands, buttons and the form, each acknowledged on the connection', async () => {
    await acked(command('red panda 5 in 2 hours'));
    const id = await until('a job', () => chat.scheduled[0] ?? null);
    await until('the answer', () => slack.answers.length === 1);
    await acked(
      slack.sockets.send('interactive', blockAction('job_cancel', id, { responseUrl: slack.responseUrl() })),
    );
    await until('the job is cancelled', async () => (await chat.store.get(id))?.state === 'cancelled');
    const values = { query: { value: '' }, count: { value: '5' } };
    const { payload } = await acked(slack.sockets.send('interactive', viewSubmission(values, {}, 'V9')));
    expect(payload).toMatchObject({
      response_action: 'errors',
      errors: { query: expect.stringContaining('Type') },
    });
  });

  it('serves no signed requests over HTTP then', async () => {
    const answer = await fetch(`${chat.url}/slack/commands`, {
      method: 'POST',
      body: new URLSearchParams('a=b'),
    });
    expect(answer.status).toBe(404);
  });

  it('reconnects when Slack asks for it', async () => {
    const [old] = slack.sockets.open;
    slack.sockets.recycle();
    const isNew = () =>
      slack.sockets.open.size === 1 && ![...slack.sockets.open].some((link) => link === old);
    await until('a new connection in place of the old one', isNew);
    expect(slack.callsOf('apps.connections.open')).toHaveLength(2);
    await acked(command('help'));
    await until('the answer', () => slack.answers.length === 1);
    expect(slack.answers[0]?.body['text']).toContain('/images list');
  });

  it('survives an outage of Slack, and connects afterwards', async () => {
    slack.mood = 'reset';
    for (const link of slack.sockets.open) link.terminate();
    await until('the connection is gone', () => slack.sockets.open.size === 0);
    const before = slack.callsOf('apps.connections.open').length;
    slack.mood = 'up';
    await until('a connection', () => slack.sockets.open.size === 1);
    expect(slack.callsOf('apps.connections.open').length).toBeGreaterThan(before);
    await acked(command('help'));
  });

  it('ends without waiting for Slack', async () => {
    slack.mood = 'silent';
    const startedMs = performance.now();
    await chat.app.close();
    // A connection that is being made is given 20 s.
    expect(performance.now() - startedMs).toBeLessThan(15_000);
    await until('the connection is closed', () => slack.sockets.open.size === 0);
    chat = await chat.restart();
  });
});

describe('Slack without the role bots', () => {
  it('takes no requests, but sends the notices of its jobs', async () => {
    const slack = await new SlackServer().start();
    const chat = await ChatApp.start({
      ...slack.settings,
      SLACK_APP_TOKEN: slack.appToken,
      ROLES: 'web,worker',
    });
    const recipients = [{ channel: 'slack', address: 'T1/C1/U1' }] as const;
    const { job } = await chat.store.submit(sampleJob('told in Slack', chat.clock.now(), { recipients }));
    await chat.store.begin(job.id, 0, chat.clock.now());
    await chat.outbox.deliver(job.id, new AbortController().signal);
    await chat.stop();
    expect(slack.messages.in('C1')).toHaveLength(1);
    expect(slack.callsOf('apps.connections.open')).toEqual([]);
    await slack.stop();
  });
});
