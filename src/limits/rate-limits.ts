import { Inject, Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { SETTINGS_TOKEN, type Settings } from '../config/settings.js';
import { AppError } from '../jobs/app-error.js';
import type { Rate } from '../config/values.js';
import { type Counted, LIMIT_KINDS, type LimitKind } from './counted.js';

/** A limit that was reached. */
export interface Limited {
  readonly kind: LimitKind;
  /** When one more is allowed, in milliseconds from now; at least one. */
  readonly retryAfterMs: number;
}

/** Counts what is asked for, in this process. Refused requests count too, but never prolong the wait. */
@Injectable()
export class RateLimits {
  private readonly limiters: ReadonlyMap<LimitKind, RateLimiterMemory>;

  constructor(@Inject(SETTINGS_TOKEN) settings: Settings) {
    const rates: Readonly<Record<LimitKind, Rate>> = {
      person: settings.ratePerPerson,
      workspace: settings.ratePerWorkspace,
      client: settings.ratePerClient,
      address: settings.ratePerAddress,
      domain: settings.ratePerDomain,
      everybody: settings.rateOverall,
    };
    this.limiters = new Map(LIMIT_KINDS.map((kind) => [kind, limiterOf(kind, rates[kind])]));
  }

  /** Counts one job for all of `counted`, the narrowest first. @returns the limit it runs into, or null */
  async take(counted: readonly Counted[]): Promise<Limited | null> {
    for (const { kind, key } of counted) {
      const limited = await this.takeOne(kind, key);
      if (limited !== null) return limited;
    }
    return null;
  }

  /** Counts one job like {@link take}. @throws AppError `limits.reached` with `retryAfterSeconds` */
  async takeOrThrow(counted: readonly Counted[]): Promise<void> {
    const limited = await this.take(counted);
    if (limited === null) return;
    const retryAfterSeconds = Math.ceil(limited.retryAfterMs / 1000);
    throw new AppError('limits.reached', { kind: limited.kind, retryAfterSeconds });
  }

  private async takeOne(kind: LimitKind, key: string): Promise<Limited | null> {
    try {
      await this.limiters.get(kind)?.consume(key);
      return null;
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      return { kind, retryAfterMs: Math.max(1, refusal.msBeforeNext) };
    }
  }
}

function limiterOf(kind: LimitKind, { count, perMs }: Rate): RateLimiterMemory {
  return new RateLimiterMemory({ keyPrefix: kind, points: count, duration: perMs / 1000 });
}
