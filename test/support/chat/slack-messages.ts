/** A message as a small Slack stores it. */
export interface StoredMessage {
  readonly channel: string;
  readonly ts: string;
  text: string;
  blocks: unknown;
  edits: number;
}

type Args = Readonly<Record<string, unknown>>;
type Answer = Readonly<Record<string, unknown>> & { readonly ok: boolean };

/** The conversations of a small Slack. */
export class SlackMessages {
  readonly posted: StoredMessage[] = [];
  readonly ephemeral: Args[] = [];
  /** Errors by conversation: calls to it get that error. */
  readonly refusing = new Map<string, string>();

  /** The messages of one conversation, oldest first. */
  in(channel: string): StoredMessage[] {
    return this.posted.filter((message) => message.channel === channel);
  }

  post(args: Args): Answer {
    const channel = String(args['channel']);
    const error = this.refusing.get(channel);
    if (error !== undefined) return { ok: false, error };
    const ts = `1700000000.${String(this.posted.length + 1).padStart(6, '0')}`;
    this.posted.push({ channel, ts, text: String(args['text']), blocks: args['blocks'], edits: 0 });
    return { ok: true, channel, ts };
  }

  update(args: Args): Answer {
    const message = this.posted.find(({ channel, ts }) => channel === args['channel'] && ts === args['ts']);
    if (message === undefined) return { ok: false, error: 'message_not_found' };
    Object.assign(message, { text: String(args['text']), blocks: args['blocks'], edits: message.edits + 1 });
    return { ok: true, channel: message.channel, ts: message.ts };
  }

  postEphemeral(args: Args): Answer {
    const error = this.refusing.get(String(args['channel']));
    if (error !== undefined) return { ok: false, error };
    this.ephemeral.push(args);
    return { ok: true, message_ts: '1700000000.000000' };
  }
}

/** The readable text of a message's blocks, with `**` around bold text and without buttons. */
export function readInBlocks(blocks: unknown): string {
  const all = Array.isArray(blocks) ? (blocks as readonly Block[]) : [];
  return all
    .filter(({ type }) => type === 'rich_text')
    .flatMap(({ elements }) => elements ?? [])
    .flatMap(({ elements }) => elements ?? [])
    .map(({ text = '', style }) => (style?.bold === true ? `**${text}**` : text))
    .join('');
}

interface Block {
  readonly type: string;
  readonly text?: string;
  readonly style?: { readonly bold?: boolean };
  readonly elements?: readonly Block[];
}
