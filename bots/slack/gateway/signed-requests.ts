import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Clock, Instant } from '../../../src/jobs/clock.port.js';
import { isFromSlack, MAX_SKEW_MS } from './verify-slack.js';

const CONTENT_TYPES = ['application/x-www-form-urlencoded', 'application/json'];

/**
 * Middleware that passes requests signed by Slack within five minutes, each only once. Bolt's own check
 * accepts requests from the future and repeated requests.
 */
export function signedRequests(secret: string, clock: Clock): RequestHandler {
  const seen = new SeenSignatures();
  return (request: Request, response: Response, next: NextFunction): void => {
    const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
    const body = rawBodyOf(request);
    if (body === null || !CONTENT_TYPES.includes(type)) return void response.status(415).end();
    const signature = request.get('x-slack-signature') ?? '';
    const timestamp = request.get('x-slack-request-timestamp') ?? '';
    const now = clock.now();
    const isReal = isFromSlack({ timestamp, signature, body }, secret, now);
    if (!isReal || !seen.isNew(signature, now)) return void response.status(401).end();
    // Bolt compares the whole header and would parse a form with a charset as JSON.
    request.headers['content-type'] = type;
    next();
  };
}

/** The body parser of the web room keeps the raw bytes. */
function rawBodyOf(request: Request): Buffer | null {
  const { rawBody } = request as Request & { readonly rawBody?: unknown };
  return Buffer.isBuffer(rawBody) ? rawBody : null;
}

/** Remembers signatures for as long as they are valid. */
class SeenSignatures {
  private readonly goodUntil = new Map<string, Instant>();

  isNew(signature: string, now: Instant): boolean {
    for (const [old, until] of this.goodUntil) {
      if (until > now) break;
      this.goodUntil.delete(old);
    }
    if (this.goodUntil.has(signature)) return false;
    this.goodUntil.set(signature, now + 2 * MAX_SKEW_MS);
    return true;
  }
}
