/** Ids like Discord's: 17 to 19 digits. */
export const APP_ID = '900000000000000001';
export const GUILD = '800000000000000001';
export const CHANNEL = '700000000000000001';
export const ANA = '600000000000000001';
export const BOB = '600000000000000002';

/** Who acts, and where. */
export interface Scene {
  readonly user?: string;
  /** null for a direct message. */
  readonly guild?: string | null;
  readonly channel?: string;
  /** Bits of the person's permissions. */
  readonly permissions?: string;
}

let made = 0;

/** A new id. */
export function snowflake(): string {
  made += 1;
  return String(1_100_000_000_000_000_000n + BigInt(made));
}

/** A command option as Discord sends it. */
export interface GivenOption {
  readonly name: string;
  readonly value: string | number;
  readonly focused?: boolean;
}

/** `/images <subcommand>`. */
export function command(
  subcommand: string,
  options: Readonly<Record<string, string | number>> = {},
  scene: Scene = {},
): InteractionPayload {
  const given = Object.entries(options).map(([name, value]) => option(name, value));
  return interaction(2, { id: '1', name: 'images', type: 1, options: [sub(subcommand, given)] }, scene);
}

/** One key press in the option `focused`. */
export function typing(
  subcommand: string,
  focused: string,
  options: Readonly<Record<string, string>>,
  scene: Scene = {},
): InteractionPayload {
  const given = Object.entries(options).map(([name, value]) => ({
    ...option(name, value),
    ...(name === focused ? { focused: true } : {}),
  }));
  return interaction(4, { id: '1', name: 'images', type: 1, options: [sub(subcommand, given)] }, scene);
}

/** A pressed button. @param messageId the message it is under */
export function press(customId: string, scene: Scene = {}, messageId = snowflake()): InteractionPayload {
  const { channel = CHANNEL } = scene;
  const message = {
    id: messageId,
    channel_id: channel,
    author: person(APP_ID),
    content: '',
    timestamp: '2027-01-15T12:00:00.000Z',
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: [],
    embeds: [],
    pinned: false,
    type: 0,
  };
  return { ...interaction(3, { custom_id: customId, component_type: 2 }, scene), message };
}

/** A submitted form. */
export function submitted(
  customId: string,
  values: Readonly<Record<string, string>>,
  scene: Scene = {},
): InteractionPayload {
  const components = Object.entries(values).map(([name, value], index) => ({
    type: 18,
    id: 2 * index + 1,
    component: { type: 4, id: 2 * index + 2, custom_id: name, value },
  }));
  return interaction(5, { custom_id: customId, components }, scene);
}

/** An interaction as Discord sends it. */
export interface InteractionPayload {
  readonly id: string;
  readonly token: string;
  readonly [name: string]: unknown;
}

function interaction(type: number, data: object, scene: Scene): InteractionPayload {
  const { user = ANA, guild = GUILD, channel = CHANNEL, permissions = '0' } = scene;
  const id = snowflake();
  const member = {
    user: person(user),
    roles: [],
    permissions,
    joined_at: '2026-01-01T00:00:00Z',
    deaf: false,
  };
  const who = guild === null ? { user: person(user) } : { guild_id: guild, member };
  return {
    id,
    application_id: APP_ID,
    type,
    data,
    token: `token-of-${id}`,
    version: 1,
    channel_id: channel,
    channel: { id: channel, type: guild === null ? 1 : 0 },
    app_permissions: '0',
    locale: 'en-US',
    entitlements: [],
    authorizing_integration_owners: {},
    context: guild === null ? 1 : 0,
    attachment_size_limit: 10_000_000,
    ...who,
  };
}

function sub(name: string, options: readonly GivenOption[]): object {
  return { type: 1, name, options };
}

function option(name: string, value: string | number): GivenOption & { readonly type: number } {
  return { type: typeof value === 'number' ? 4 : 3, name, value };
}

function person(id: string): object {
  return { id, username: `user-${id.slice(-1)}`, discriminator: '0', avatar: null, global_name: null };
}
