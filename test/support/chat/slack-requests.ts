import { createHmac, randomUUID } from 'node:crypto';

/** The signing secret of Slack's published example. */
export const SIGNING_SECRET = '8f742231b10e8888abcd99yyyzzz85a5';

/** Headers of a request that Slack signed at `atMs`. */
export function signedHeaders(body: string, atMs: number, secret = SIGNING_SECRET): Record<string, string> {
  const timestamp = String(Math.floor(atMs / 1000));
  const mac = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return {
    'Content-Type': 'application/x-www-form-urlencoded',
    'X-Slack-Request-Timestamp': timestamp,
    'X-Slack-Signature': `v0=${mac}`,
  };
}

/** Varying parts of a slash command. */
export interface CommandParts {
  readonly user?: string;
  readonly channel?: string;
  readonly responseUrl?: string;
  readonly trigger?: string;
}

/** The body of a slash command: as it is for Socket Mode, to be encoded for HTTP. */
export function slashCommand(text: string, parts: CommandParts = {}): Record<string, string> {
  return {
    token: 'x',
    team_id: 'T1',
    team_domain: 'example',
    channel_id: parts.channel ?? 'C1',
    channel_name: 'pictures',
    user_id: parts.user ?? 'U1',
    user_name: 'ana',
    command: '/images',
    text,
    api_app_id: 'A1',
    is_enterprise_install: 'false',
    response_url: parts.responseUrl ?? '',
    trigger_id: parts.trigger ?? randomUUID(),
  };
}

/** A pressed button. */
export function blockAction(actionId: string, value: string, parts: CommandParts = {}): object {
  return {
    type: 'block_actions',
    team: { id: 'T1', domain: 'example' },
    user: { id: parts.user ?? 'U1', username: 'ana', team_id: 'T1' },
    api_app_id: 'A1',
    token: 'x',
    container: { type: 'message', channel_id: parts.channel ?? 'C1' },
    channel: { id: parts.channel ?? 'C1', name: 'pictures' },
    trigger_id: parts.trigger ?? randomUUID(),
    response_url: parts.responseUrl,
    actions: [{ type: 'button', action_id: actionId, block_id: 'b', value, action_ts: '1' }],
  };
}

/** A submitted form. @param values element state by block id */
export function viewSubmission(values: Record<string, object>, metadata: object, viewId: string): object {
  const state = Object.fromEntries(Object.entries(values).map(([block, value]) => [block, { value }]));
  return {
    type: 'view_submission',
    team: { id: 'T1', domain: 'example' },
    user: { id: 'U1', username: 'ana', team_id: 'T1' },
    api_app_id: 'A1',
    token: 'x',
    trigger_id: randomUUID(),
    response_urls: [],
    view: {
      id: viewId,
      type: 'modal',
      callback_id: 'image_form',
      private_metadata: JSON.stringify(metadata),
      state: { values: state },
      hash: '1',
    },
  };
}

/** Form-encodes a body the way Slack does. */
export function encoded(body: object): string {
  const fields = 'command' in body ? Object.entries(body) : [['payload', JSON.stringify(body)]];
  return new URLSearchParams(Object.fromEntries(fields) as Record<string, string>).toString();
}
