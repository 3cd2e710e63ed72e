import { ChatFailure, type ChatFailureKind, unansweredCall } from '../../chat-failure.js';

/** Meanings of Slack's error codes. @see https://docs.slack.dev/reference/methods/chat.postMessage#errors */
const MEANINGS: Readonly<Record<Exclude<ChatFailureKind, 'refused' | 'unclear'>, readonly string[]>> = {
  place_gone: [
    'channel_not_found',
    'not_in_channel',
    'is_archived',
    'restricted_action',
    'restricted_action_read_only_channel',
    'restricted_action_non_threadable_channel',
    'channel_type_not_supported',
    'method_not_supported_for_channel_type',
    'external_channel_migrating',
    'user_not_in_channel',
  ],
  person_gone: [
    'user_not_found',
    'users_not_found',
    'user_disabled',
    'user_not_visible',
    'cannot_dm_bot',
    'cannot_message_user',
    'messages_tab_disabled',
  ],
  no_access: [
    'invalid_auth',
    'not_authed',
    'token_revoked',
    'token_expired',
    'account_inactive',
    'missing_scope',
    'no_permission',
    'not_allowed_token_type',
    'access_denied',
    'org_login_required',
    'ekm_access_denied',
    'team_access_not_granted',
    'two_factor_setup_required',
  ],
  later: [
    'ratelimited',
    'rate_limited',
    'service_unavailable',
    'internal_error',
    'fatal_error',
    'request_timeout',
    'team_added_to_org',
  ],
};

/** The meaning of a failed Web API call. @param error as thrown by the WebClient */
export function slackFailure(error: unknown): ChatFailure {
  if (error instanceof ChatFailure) return error;
  if (!isObject(error)) return new ChatFailure('unclear', 'no_answer', null, error);
  const { retryAfter, data, statusCode } = error;
  if (typeof retryAfter === 'number')
    return new ChatFailure('later', 'rate_limited', retryAfter * 1000, error);
  if (isObject(data)) return byCode(typeof data['error'] === 'string' ? data['error'] : 'unknown', error);
  if (typeof statusCode === 'number') return byStatus(statusCode, error);
  return byCause(error);
}

function byCode(code: string, error: unknown): ChatFailure {
  const found = Object.entries(MEANINGS).find(([, codes]) => codes.includes(code));
  // A text that is not a code comes from a failing proxy before Slack.
  const kind = /^[a-z_]{1,60}$/.test(code) ? 'refused' : 'later';
  return new ChatFailure(
    (found?.[0] as ChatFailureKind | undefined) ?? kind,
    kind === 'later' ? 'no_json' : code,
    null,
    error,
  );
}

function byStatus(status: number, error: unknown): ChatFailure {
  return new ChatFailure(
    status >= 500 || status === 429 ? 'later' : 'refused',
    `http_${status}`,
    null,
    error,
  );
}

function byCause(error: Readonly<Record<string, unknown>>): ChatFailure {
  const codes: string[] = [];
  for (let cause: unknown = error; isObject(cause); cause = cause['original'] ?? cause['cause'])
    if (typeof cause['code'] === 'string') codes.push(cause['code']);
  const message = String(error['message'] ?? '');
  if (message.includes('Retry header')) return new ChatFailure('later', 'rate_limited', null, error);
  return unansweredCall(codes, error);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
