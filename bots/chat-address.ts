/** The team of conversations that belong to none, such as Discord's direct messages. */
export const NO_TEAM = '-';

/** A person in a conversation, by the ids of the platform. */
export interface ChatAddress {
  /** Slack workspace or Discord server, or NO_TEAM. */
  readonly team: string;
  readonly conversation: string;
  readonly user: string;
}

const ADDRESS = /^([\w-]+)\/([\w-]+)\/([\w-]+)$/;

/** Writes the address for a Recipient, e.g. `T1/C2/U3`. */
export function writeAddress({ team, conversation, user }: ChatAddress): string {
  return [team, conversation, user].join('/');
}

/** @returns the address, or null for any other text */
export function readChatAddress(text: string): ChatAddress | null {
  const [, team, conversation, user] = ADDRESS.exec(text) ?? [];
  if (team === undefined || conversation === undefined || user === undefined) return null;
  return { team, conversation, user };
}
