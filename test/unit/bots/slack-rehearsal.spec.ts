import { jest } from '@jest/globals';
import type { App } from '@slack/bolt';
import { rehearse } from '../../../bots/slack/gateway/rehearsal.js';
import { SlackDoor } from '../../../bots/slack/gateway/slack-door.js';
import { ChatApp } from '../../support/chat/chat-app.js';
import { SIGNING_SECRET } from '../../support/chat/slack-requests.js';
import { SlackServer } from '../../support/chat/slack-server.js';

describe('the rehearsal of the Slack door', () => {
  it('is refused in the form each time, and makes no calls', async () => {
    const slack = await new SlackServer().start();
    const listened = jest.spyOn(SlackDoor.prototype, 'addTo');
    const chat = await ChatApp.start({ ...slack.settings, SLACK_SIGNING_SECRET: SIGNING_SECRET });
    const { App: BoltApp } = await import('@slack/bolt');
    const app = new BoltApp({
      receiver: { init: () => {}, start: async () => {}, stop: async () => {} },
      authorize: async () => ({}),
    });
    const [door] = listened.mock.contexts;
    if (!(door instanceof SlackDoor)) throw new TypeError('No Slack door was opened.');
    door.addTo(app);
    listened.mockRestore();
    const acknowledged: unknown[] = [];
    await rehearse({
      processEvent: (event) =>
        app.processEvent({ ...event, ack: async (answer: unknown) => void acknowledged.push(answer) }),
    });
    expect(acknowledged.length).toBeGreaterThan(10);
    expect(new Set(acknowledged.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(acknowledged[0]).toMatchObject({ response_action: 'errors' });
    expect([chat.scheduled, slack.calls]).toEqual([[], []]);
    await chat.stop();
    await slack.stop();
  });

  it('does no harm if it fails', async () => {
    let tries = 0;
    const app: Pick<App, 'processEvent'> = {
      processEvent: async () => {
        tries += 1;
        throw new Error('no');
      },
    };
    await rehearse(app);
    expect(tries).toBe(1);
  });
});
