import type { Logger } from '@nestjs/common';
import { isAppError } from '../../src/jobs/app-error.js';
import { failureReply } from './replies.js';
import type { Reply } from './reply.js';

/** Makes an answer; a failure becomes an answer in plain words. Never rejects. */
export async function answered<T extends Reply | null>(
  make: () => Promise<T>,
  logger: Logger,
): Promise<T | Reply> {
  try {
    return await make();
  } catch (error) {
    if (isAppError(error)) return failureReply(error.code);
    logger.error({ err: error }, 'a chat command failed');
    return failureReply('internal.unexpected');
  }
}
