import { readdirSync, readFileSync } from 'node:fs';
import type { App } from '@slack/bolt';
import { ChatRequests } from '../../../bots/conversation/chat-requests.js';
import { SlackActions } from '../../../bots/slack/slack-actions.js';
import { SlackForms } from '../../../bots/slack/form/slack-forms.js';
import { SlackDoor } from '../../../bots/slack/gateway/slack-door.js';
import { SLACK_PATHS } from '../../../bots/slack/slack-names.js';

const FOLDER = new URL('../../../bots/slack/', import.meta.url);

interface Manifest {
  readonly features: {
    readonly slash_commands: readonly { readonly command: string; readonly url: string }[];
    readonly shortcuts: readonly { readonly callback_id: string; readonly type: string }[];
  };
  readonly oauth_config: { readonly scopes: { readonly bot: readonly string[] } };
  readonly settings: {
    readonly interactivity: { readonly is_enabled: boolean; readonly request_url: string };
  };
}

const manifest = JSON.parse(readFileSync(new URL('manifest.json', FOLDER), 'utf8')) as Manifest;
const code = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))

  .map((name) => readFileSync(new URL(name, FOLDER), 'utf8'))
  .join('\n');

/** Which scope each Web API method needs; null: any token will do. */
const SCOPES: Readonly<Record<string, string | null>> = {
  'auth.test': null,
  'chat.postMessage': 'chat:write',
  'chat.postEphemeral': 'chat:write',
  'chat.update': 'chat:write',
  'conversations.open': 'im:write',
  'files.delete': 'files:write',
  'files.getUploadURLExternal': 'files:write',
  'files.completeUploadExternal': 'files:write',
  'users.info': 'users:read',
  'views.open': null,
};

/** The registrations of the listeners, by kind. */
function registered(): Record<'command' | 'shortcut' | 'view' | 'action', string[]> {
  const found = {
    command: [] as string[],
    shortcut: [] as string[],
    view: [] as string[],
    action: [] as string[],
  };
  const note =
    (kind: keyof typeof found) =>
    (what: string | { readonly callback_id: string }): void => {
      found[kind].push(typeof what === 'string' ? what : what.callback_id);
    };
  const app = {
    command: note('command'),
    shortcut: note('shortcut'),
    view: note('view'),
    action: note('action'),
  };
  const nobody = Object.create(null) as SlackActions & ChatRequests & SlackForms;
  new SlackDoor(nobody, nobody, nobody).addTo(app as object as App);
  return found;
}

describe('the Slack manifest', () => {
  it('names every command the code listens to, and no other', () => {
    expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual(registered().command);
  });

  it('names every shortcut the code listens to, and no other', () => {
    expect(manifest.features.shortcuts.map(({ callback_id: id }) => id)).toEqual(registered().shortcut);
  });

  it('switches interactions on for the buttons and the form, under the paths that the code serves', () => {
    const { view, action } = registered();
    expect(action.toSorted()).toEqual([
      'job_cancel',
      'job_change',
      'job_delete',
      'job_missing',
      'job_next',
      'job_open',
      'job_retry',
      'job_start',
    ]);
    expect(view).toEqual(['image_form']);
    const { is_enabled: isEnabled, request_url: url } = manifest.settings.interactivity;
    expect([isEnabled, new URL(url).pathname]).toEqual([true, SLACK_PATHS.interactions]);
    for (const command of manifest.features.slash_commands)
      expect(new URL(command.url).pathname).toBe(SLACK_PATHS.commands);
  });

  it('asks for the scopes of the methods that are called, and for no more than the guide explains', () => {
    const called = [...code.matchAll(/client\.(\w+\.\w+)\(/g)].map(([, method]) => method ?? '');
    expect(new Set(called)).toEqual(new Set(Object.keys(SCOPES)));
    const needed = called.flatMap((method) => SCOPES[method] ?? []);
    const extra = ['commands', 'chat:write.public', 'users:read.email'];
    expect(new Set(manifest.oauth_config.scopes.bot)).toEqual(new Set([...needed, ...extra]));
    const guide = readFileSync(new URL('../../docs/slack.md', FOLDER), 'utf8');
    for (const scope of manifest.oauth_config.scopes.bot) expect(guide).toContain(`\`${scope}\``);
  });
});
