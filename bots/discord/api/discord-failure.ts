import { DiscordAPIError, HTTPError, RateLimitError, RESTJSONErrorCodes as Code } from 'discord.js';
import { ChatFailure, type ChatFailureKind, unansweredCall } from '../../chat-failure.js';

/** What Discord's own codes mean for a message. @see https://discord.com/developers/docs/topics/opcodes-and-status-codes#json */
const MEANINGS: Readonly<Partial<Record<ChatFailureKind, readonly Code[]>>> = {
  place_gone: [
    Code.UnknownChannel,
    Code.UnknownGuild,
    Code.MissingAccess,
    Code.MissingPermissions,
    Code.CannotExecuteActionOnDMChannel,
    Code.CannotSendMessagesInNonTextChannel,
    Code.ChannelVerificationLevelTooHighForYouToGainAccess,
    Code.CannotExecuteActionOnThisChannelType,
    Code.CannotSendAMessageInAForumChannel,
    Code.InvalidActionOnArchivedThread,
    Code.ThreadLocked,
    Code.MessageWasBlockedByAutomaticModeration,
    Code.MessageBlockedByHarmfulLinksFilter,
  ],
  person_gone: [
    Code.UnknownUser,
    Code.ExplicitContentCannotBeSentToTheDesiredRecipient,
    Code.CannotSendMessagesToThisUser,
    Code.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds,
  ],
  no_access: [Code.Unauthorized, Code.ConnectionHasBeenRevoked, Code.InvalidToken],
  later: [
    Code.ActionCannotBePerformedDueToSlowmodeRateLimit,
    Code.AnnouncementEditLimitExceeded,
    Code.ChannelWriteRateLimit,
    Code.ServerWriteRateLimit,
    Code.MaximumNumberOfEditsToMessagesOlderThanOneHourReached,
    Code.OpeningDirectMessagesTooFast,
    Code.SendMessagesHasBeenTemporarilyDisabled,
    Code.FeatureTemporarilyDisabledServerSide,
    Code.ServiceResourceIsBeingRateLimited,
    Code.CloudflareIsBlockingYourRequest,
    Code.APIResourceOverloaded,
  ],
};

/** Where only something special in a message was refused: pictures, or the form of an address in a button. */
const ABOUT_EXTRAS: readonly Code[] = [
  Code.MissingPermissions,
  Code.RequestEntityTooLarge,
  Code.FileUploadedExceedsMaximumSize,
  Code.InvalidFileUploaded,
  Code.AccessToFileUploadsHasBeenLimitedForThisGuild,
  Code.InvalidFormBodyOrContentType,
];

/** Whether a message may be taken without its pictures and link buttons. */
export function isAboutExtras({ detail }: ChatFailure): boolean {
  return ABOUT_EXTRAS.some((code) => detail === `discord_${code}`);
}

/** What a failed call means. @param error whatever the REST client has thrown */
export function discordFailure(error: unknown): ChatFailure {
  if (error instanceof ChatFailure) return error;
  if (error instanceof RateLimitError) return rateLimited(error);
  if (error instanceof DiscordAPIError) return byCode(error);
  if (error instanceof HTTPError) return new ChatFailure('later', `http_${error.status}`, null, error);
  return byCause(error);
}

function rateLimited(error: RateLimitError): ChatFailure {
  const waitMs = Math.ceil(Math.max(error.retryAfter, error.sublimitTimeout));
  return new ChatFailure('later', 'rate_limited', waitMs > 0 ? waitMs : null, error);
}

function byCode(error: DiscordAPIError): ChatFailure {
  const code = Number(error.code);
  const found = Object.entries(MEANINGS).find(([, codes]) => codes.includes(code));
  const kind = (found?.[0] as ChatFailureKind | undefined) ?? byStatus(error.status, code);
  return new ChatFailure(kind, code > 0 ? `discord_${code}` : `http_${error.status}`, null, error);
}

function byStatus(status: number, code: number): ChatFailureKind {
  if (status === 401) return 'no_access';
  // An answer without a code is not Discord's: a proxy that is in trouble.
  if (status === 429 || Number.isNaN(code)) return 'later';
  return status === 403 || status === 404 ? 'place_gone' : 'refused';
}

function byCause(error: unknown): ChatFailure {
  const codes: string[] = [];
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if ('code' in cause && typeof cause.code === 'string') codes.push(cause.code);
  return unansweredCall(codes, error);
}
