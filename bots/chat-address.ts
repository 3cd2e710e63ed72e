/** Stands for the team where there is none, as in Discord's direct messages. */
export const NO_TEAM = '-';

/** Who asked where. The ids are the platform's own. */
export interface ChatAddress {
  /** Slack workspace or Discord server, or NO_TEAM. */
  readonly team: string;
  readonly conversation: string;
  readonly user: string;
}

const ADDRESS = /^([\w-]+)\/([\w-]+)\/([\w-]+)$/;

/** The address as it stands in a Recipient, e.g. `T1/C2/U3`. */
export function writeAddress({ team, conversation, user }: ChatAddress): string {
  return [team, conversation, user].join('/');
}

/** @returns the address, or null for text that is none */
export function readChatAddress(text: string): ChatAddress | null {
  const [, team, conversation, user] = ADDRESS.exec(text) ?? [];
  if (team === undefined || conversation === undefined || user === undefined) return null;
  return { team, conversation, user };
}
