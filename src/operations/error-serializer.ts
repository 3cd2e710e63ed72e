import { AppError } from '../jobs/app-error.js';
import { redact } from './redaction.js';

/** Causes are followed this deep. */
const MAX_DEPTH = 4;

/** Serializes an error for the log: class, code, facts, stack and causes, without addresses and tokens. */
export function serializeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return redact(String(error));
  return {
    type: error.name,
    message: redact(error.message),
    ...(error instanceof AppError ? { code: error.code, ...error.context } : {}),
    stack: redact(error.stack ?? ''),
    ...(error.cause === undefined || depth >= MAX_DEPTH
      ? {}
      : { cause: serializeError(error.cause, depth + 1) }),
  };
}
