import type { IncomingHttpHeaders } from 'node:http';
import type { OnApplicationShutdown } from '@nestjs/common';
import { AppError } from '../../jobs/app-error.js';
import type { EngineName } from '../../engines/engines.js';
import type { Clock } from '../../jobs/clock.port.js';
import type { GuardedHttp, HttpAnswer } from '../../network/guarded-http.js';
import { networkErrorOf } from '../../network/network-error.js';
import { retryAfterMs } from '../../network/retry-after.js';
import { pause } from '../../jobs/timing/pause.js';
import { parsedJson } from '../shapes.js';
import { failureOfStatus, type Refusal } from './api-failure.js';
import { readText } from './read-text.js';

const HEADERS = { accept: 'application/json', 'accept-encoding': 'gzip' };
const ANSWER_DEADLINE_MS = 15_000;
/** For the whole answer, including its body. */
const TOTAL_DEADLINE_MS = 30_000;
const MAX_BYTES = 16_000_000;
/** Longer waits are left to the caller, who may do something else meanwhile. */
export const LONGEST_WAIT_MS = 10_000;

/** A question to an API. */
export interface ApiQuestion {
  readonly engine: EngineName;
  readonly url: string;
  /** Finds a failure stated in the answer itself. */
  readonly failureIn?: (json: unknown, refusal: Refusal) => AppError | null;
}

/** A readable answer. */
export interface ApiAnswer {
  readonly json: unknown;
  readonly headers: IncomingHttpHeaders;
}

/** Asks the JSON APIs of open collections politely. */
export class JsonApi implements OnApplicationShutdown {
  constructor(
    private readonly http: GuardedHttp,
    private readonly clock: Clock,
  ) {}

  /**
   * Asks once, and once more after a short wait if the API requests one.
   * @throws AppError `source.blocked` (always for a long wait; context `retryAfterMs` if the API states it),
   *   `source.unreachable`, `source.layout_changed` if the answer is no JSON; the signal's reason
   */
  async get(question: ApiQuestion, signal: AbortSignal): Promise<ApiAnswer> {
    try {
      return await this.ask(question, signal);
    } catch (error) {
      const waitMs = error instanceof AppError ? Number(error.context['retryAfterMs'] ?? 0) : 0;
      if (error instanceof AppError && waitMs > LONGEST_WAIT_MS)
        throw new AppError('source.blocked', error.context, error);
      if (waitMs <= 0) throw error;
      await pause(waitMs, signal);
      return this.ask(question, signal);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.http.onApplicationShutdown();
  }

  private async ask({ engine, url, failureIn }: ApiQuestion, signal: AbortSignal): Promise<ApiAnswer> {
    const { answer, text } = await this.receive(engine, url, signal);
    const asked = retryAfterMs(answer.headers['retry-after'], this.clock.now());
    const refusal = { status: answer.status, retryAfterMs: asked };
    const failure = failureOfStatus(engine, refusal);
    if (failure !== null) throw failure;
    const json = parsedJson(text);
    if (json === undefined) throw new AppError('source.layout_changed', { engine, reason: 'no_json' });
    const inside = failureIn?.(json, refusal) ?? null;
    if (inside !== null) throw inside;
    return { json, headers: answer.headers };
  }

  private async receive(
    engine: EngineName,
    url: string,
    signal: AbortSignal,
  ): Promise<{ readonly answer: HttpAnswer; readonly text: string }> {
    const deadline = AbortSignal.timeout(TOTAL_DEADLINE_MS);
    const stop = AbortSignal.any([signal, deadline]);
    try {
      const options = { signal: stop, headers: HEADERS, answerDeadlineMs: ANSWER_DEADLINE_MS };
      const answer = await this.http.get(url, options);
      return { answer, text: await readText(answer, MAX_BYTES) };
    } catch (error) {
      signal.throwIfAborted();
      const reason = deadline.aborted ? 'network.timeout' : networkErrorOf(error).code;
      throw new AppError('source.unreachable', { engine, reason }, error);
    }
  }
}
