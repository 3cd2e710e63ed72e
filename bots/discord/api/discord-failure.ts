import { DiscordAPIError, HTTPError, RateLimitError, RESTJSONErrorCodes as Code } from 'discord.js';
import { ChatFailure, type ChatFailureKind, unansweredCall } from '../../chat-failure.js';

/**
 * Meanings of Discord's error codes.
 * @see https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
 */
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

/** Codes that refuse only the extras of a message: pictures, or the address of a button. */
const ABOUT_EXTRAS: readonly Code[] = [
  Code.MissingPermissions,
  Code.RequestEntityTooLarge,
  Code.FileUploadedExceedsMaximumSize,
  Code.InvalidFileUploaded,
  Code.AccessToFileUploadsHasBeenLimitedForThisGuild,
  Code.InvalidFormBodyOrContentType,
];

/** Whether Discord may accept the message without its pictures and link buttons. */
export function isAboutExtras({ detail }: ChatFailure): boolean {
  return ABOUT_EXTRAS.some((code) => detail === `discord_${code}`);
}

/** The meaning of a failed call. @param error as thrown by the REST client */
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
  // An answer without a code comes from a failing proxy before Discord.
  if (status === 429 || Number.isNaN(code)) return 'later';
  return status === 403 || status === 404 ? 'place_gone' : 'refused';
}

function byCause(error: unknown): ChatFailure {
  const codes: string[] = [];
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if ('code' in cause && typeof cause.code === 'string') codes.push(cause.code);
  return unansweredCall(codes, error);
}
