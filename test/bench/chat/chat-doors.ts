import { request } from 'node:http';
import * as discordRequests from '../../support/chat/discord-interactions.ts';
import { DiscordServer } from '../../support/chat/discord-server.ts';
import { encoded, signedHeaders, SIGNING_SECRET, slashCommand } from '../../support/chat/slack-requests.ts';
import { SlackServer } from '../../support/chat/slack-server.ts';
import { until } from '../../support/until.ts';

/** A running chat platform on loopback for a service to connect to. */
export interface OpenDoor {
  readonly settings: Readonly<Record<string, string>>;
  /** Resolves when the service accepts requests. */
  ready(): Promise<void>;
  /**
   * Sends `times` requests at once, each from another person, and returns when all are answered.
   * @returns the time until each acknowledgement, in milliseconds
   */
  burst(kind: 'commands' | 'forms', times: number, serviceUrl: string): Promise<number[]>;
  close(): Promise<void>;
}

/** A chat door to measure. */
export interface ChatDoor {
  readonly name: string;
  open(): Promise<OpenDoor>;
}

/** Polls rarely, because polling takes processor time from the service. */
async function answered(areAll: () => boolean): Promise<void> {
  await until('all answered', areAll, 60_000, 100);
}

const FIRST_PERSON = 600_000_000_000_000_000n;
const FORM = { query: 'red panda', count: '5', when: 'in 2 hours', timezone: 'Europe/Vienna' };
let asked = 0;

/** Signed requests, each on a separate connection. */
export const slackHttpDoor: ChatDoor = {
  name: 'Slack over HTTP',
  async open() {
    const slack = await new SlackServer().start();
    return {
      settings: { ...slack.settings, SLACK_SIGNING_SECRET: SIGNING_SECRET },
      async ready() {
        // Warm up the sender, so that the first burst measures only the service.
        const bodies = bodiesOf(slack, 'forms', 100).map((body) => encoded(body));
        await Promise.all(bodies.map((body) => post(`${slack.url}/upload/nothing`, body)));
      },
      async burst(kind, times, serviceUrl) {
        const path = kind === 'commands' ? 'commands' : 'interactions';
        const bodies = bodiesOf(slack, kind, times).map((body) => encoded(body));
        const told = slack.toldAnyWay().length;
        const waitsMs = await Promise.all(bodies.map((body) => post(`${serviceUrl}/slack/${path}`, body)));
        await answered(() => slack.toldAnyWay().length >= told + times);
        return waitsMs;
      },
      close: () => slack.stop(),
    };
  },
};

/** Envelopes on one connection. */
export const slackSocketDoor: ChatDoor = {
  name: 'Slack in Socket Mode',
  async open() {
    const slack = await new SlackServer().start();
    const { sockets } = slack;
    return {
      settings: { ...slack.settings, SLACK_APP_TOKEN: slack.appToken },
      ready: async () => void (await until('a connection', () => sockets.open.size > 0)),
      async burst(kind, times) {
        const before = sockets.acks.length;
        const told = slack.toldAnyWay().length;
        const type = kind === 'commands' ? 'slash_commands' : 'interactive';
        const sent = bodiesOf(slack, kind, times).map((body) => {
          const sentAtMs = performance.now();
          return [sockets.send(type, body), sentAtMs] as const;
        });
        await until('all acknowledged', () => sockets.acks.length >= before + times, 60_000, 100);
        await answered(() => slack.toldAnyWay().length >= told + times);
        const atMs = new Map(sockets.acks.map(({ envelope_id: id, atMs: at }) => [id, at]));
        return sent.map(([envelope, sentAtMs]) => (atMs.get(envelope) ?? Number.NaN) - sentAtMs);
      },
      close: () => slack.stop(),
    };
  },
};

/** Interactions through the gateway, acknowledged by REST. */
export const discordDoor: ChatDoor = {
  name: 'Discord',
  async open() {
    const discord = await new DiscordServer().start();
    return {
      settings: discord.settings,
      ready: async () => void (await until('a session', () => discord.gateway.identified > 0)),
      async burst(kind, times) {
        const taken = Array.from({ length: times }, () => {
          asked += 1;
          const scene = { user: String(FIRST_PERSON + BigInt(asked)) };
          const { command, submitted } = discordRequests;
          const form = kind === 'forms';
          return discord.send(
            form ? submitted('image_form', FORM, scene) : command('search', { ...FORM, count: 5 }, scene),
          );
        });
        await answered(() => taken.every(({ original }) => original !== null));
        return taken.map(({ acknowledgedAfterMs }) => acknowledgedAfterMs ?? Number.NaN);
      },
      close: () => discord.stop(),
    };
  },
};

function bodiesOf(slack: SlackServer, kind: 'commands' | 'forms', times: number): object[] {
  return Array.from({ length: times }, () => {
    asked += 1;
    const user = `U${asked}`;
    const responseUrl = slack.responseUrl();
    return kind === 'commands'
      ? slashCommand('red panda 5 in 2 hours', { user, responseUrl })
      : submittedForm(user, `V${asked}`);
  });
}

/** A submission as large as Slack's, which repeats the whole form. */
function submittedForm(user: string, viewId: string): object {
  const inTwoHours = Math.ceil(Date.now() / 1000) + 7200;
  const values = {
    query: { value: { type: 'plain_text_input', value: 'red panda' } },
    count: { value: { type: 'number_input', value: '5' } },
    when: { value: { type: 'datetimepicker', selected_date_time: inTwoHours } },
  };
  const label = {
    type: 'plain_text',
    text: 'A field of the form, with what there is to choose',
    emoji: true,
  };
  const blocks = Array.from({ length: 17 }, (_, index) => ({
    type: 'input',
    block_id: `block-${index}`,
    label,
    optional: true,
    element: { type: 'static_select', action_id: 'value', placeholder: label, options: [label, label] },
  }));
  return {
    type: 'view_submission',
    team: { id: 'T1', domain: 'example' },
    user: { id: user, username: 'ana', team_id: 'T1' },
    api_app_id: 'A1',
    token: 'x',
    trigger_id: viewId,
    response_urls: [],
    view: {
      id: viewId,
      type: 'modal',
      callback_id: 'image_form',
      private_metadata: JSON.stringify({ conversation: 'C1', timeZone: 'Europe/Vienna' }),
      blocks,
      state: { values },
      hash: '1',
    },
  };
}

function post(url: string, body: string): Promise<number> {
  const headers = { ...signedHeaders(body, Date.now()), 'Content-Length': Buffer.byteLength(body) };
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const sentAtMs = performance.now();
  const call = request(url, { method: 'POST', headers, agent: false }, (answer) => {
    const isTaken = answer.statusCode === 200;
    answer.resume();
    answer.on('end', () =>
      isTaken ? resolve(performance.now() - sentAtMs) : reject(new Error(`HTTP ${answer.statusCode}`)),
    );
  });
  call.on('error', reject);
  call.end(body);
  return promise;
}
