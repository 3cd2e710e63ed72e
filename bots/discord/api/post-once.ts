import { ChatFailure } from '../../chat-failure.js';
import { pauseOrStop } from '../../../src/jobs/timing/pause.js';
import { discordFailure } from './discord-failure.js';

/** Waits between the tries, within the few minutes in which Discord recognises a nonce. */
const AGAIN_AFTER_MS = [500, 2000, 5000];

/**
 * Posts a message, and posts it again after a call without an answer: Discord recognises the nonce of a
 * message that was posted, and answers with that message.
 * @param post the same call each time, with a nonce that is enforced; throws ChatFailure
 * @throws ChatFailure `unclear` if even the last try does not tell whether the message was posted
 */
export async function postOnce<T>(post: () => Promise<T>, signal: AbortSignal): Promise<T> {
  let unclear: ChatFailure | null = null;
  for (const waitMs of [...AGAIN_AFTER_MS, null]) {
    try {
      return await post();
    } catch (error) {
      const failure = discordFailure(error);
      if (failure.kind === 'unclear') unclear ??= failure;
      if (unclear === null) throw failure;
      if (waitMs === null) break;
      if (!(await pauseOrStop(Math.max(waitMs, failure.retryAfterMs ?? 0), signal))) break;
    }
  }
  throw unclear ?? new ChatFailure('unclear', 'no_answer');
}
