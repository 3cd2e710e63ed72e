/** How the product treats a way to reach people. */
interface ChannelRow {
  /** Whether people ask in it too. Only processes with the role `bots` send its notices; every process sends others. */
  readonly isChat: boolean;
  /** Whether jobs are counted by address and by the domain behind its `@`: anybody can type any address. */
  readonly isLimitedByAddress: boolean;
  /** Whether CONFIRM_EMAIL asks the owner of an address before the first notice. */
  readonly asksToConfirm: boolean;
}

/** Every way to reach people; each has a Notifier, which also checks the recipient right before a notice leaves. */
export const CHANNELS = {
  email: { isChat: false, isLimitedByAddress: true, asksToConfirm: true },
  slack: { isChat: true, isLimitedByAddress: false, asksToConfirm: false },
  discord: { isChat: true, isLimitedByAddress: false, asksToConfirm: false },
} as const satisfies Record<string, ChannelRow>;

export type Channel = keyof typeof CHANNELS;

/** Channels that are chat platforms. */
export type ChatChannel = {
  [Name in Channel]: (typeof CHANNELS)[Name]['isChat'] extends true ? Name : never;
}[Channel];
