import { Inject, Injectable } from '@nestjs/common';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { SETTINGS_TOKEN, type Settings } from '../config/settings.js';
import { AppError, type ErrorContext } from '../jobs/app-error.js';
import type { Rate } from '../config/values.js';
import { type Counted, LIMIT_KINDS, type LimitKind } from './counted.js';

/** A reached limit. */
export interface ReachedLimit {
  readonly kind: LimitKind;
  /** Time until the next is allowed, in milliseconds; at least 1. */
  readonly retryAfterMs: number;
}

/** A key in one of the limiters of its kind. */
interface Place extends Required<Counted> {
  readonly limiter: RateLimiterMemory;
}

const REFUSALS: Rate = { count: 5, perMs: 60_000 };

/** Counts requests in this process. A refused request is not counted and does not prolong the wait. */
@Injectable()
export class RateLimits {
  private readonly limiters: ReadonlyMap<LimitKind, readonly RateLimiterMemory[]>;

  constructor(@Inject(SETTINGS_TOKEN) settings: Settings) {
    const rates: Readonly<Record<LimitKind, readonly Rate[]>> = {
      person: [settings.ratePerPerson],
      workspace: [settings.ratePerWorkspace],
      client: [settings.rateBurst, settings.ratePerClient],
      address: [settings.ratePerAddress],
      domain: [settings.ratePerDomain],
      everybody: [settings.rateOverall],
      refusal: [REFUSALS],
    };
    this.limiters = new Map(LIMIT_KINDS.map((kind) => [kind, rates[kind].map(limiterOf)]));
  }

  /**
   * Counts the points of each of `counted`, or none if one would exceed its limit: refused requests must not use
   * up the limits of others. Points above the whole limit are allowed as the first of a window, and fill it.
   * @returns the limit with the longest wait, or null
   */
  async consume(counted: readonly Counted[]): Promise<ReachedLimit | null> {
    return (await this.reached(counted)) ?? (await this.count(this.placesOf(counted)));
  }

  /**
   * Counts like {@link consume}.
   * @throws AppError `limits.reached` with `retryAfterSeconds` and `facts`
   */
  async consumeOrThrow(counted: readonly Counted[], facts: ErrorContext = {}): Promise<void> {
    orThrow(await this.consume(counted), facts);
  }

  /** Like {@link consumeOrThrow}, but counts nothing. @throws AppError `limits.reached` */
  async throwIfReached(counted: readonly Counted[], facts: ErrorContext = {}): Promise<void> {
    orThrow(await this.reached(counted), facts);
  }

  private async reached(counted: readonly Counted[]): Promise<ReachedLimit | null> {
    const looks = this.placesOf(counted).map(async (place) => {
      const seen = await place.limiter.get(place.key);
      return seen === null || hasRoom(place, seen.consumedPoints) ? null : limitedBy(place.kind, seen);
    });
    return longest(await Promise.all(looks));
  }

  /** Gives back all counts if a limit was reached since the look, by other requests. */
  private async count(places: readonly Place[]): Promise<ReachedLimit | null> {
    const limited = longest(await Promise.all(places.map(countOne)));
    if (limited !== null)
      await Promise.all(places.map(({ limiter, key, points }) => limiter.reward(key, points)));
    return limited;
  }

  private placesOf(counted: readonly Counted[]): Place[] {
    return counted.flatMap(({ kind, key, points = 1 }) =>
      (this.limiters.get(kind) ?? []).map((limiter) => ({ kind, key, points, limiter })),
    );
  }
}

function limiterOf({ count, perMs }: Rate): RateLimiterMemory {
  return new RateLimiterMemory({ points: count, duration: perMs / 1000 });
}

async function countOne(place: Place): Promise<ReachedLimit | null> {
  const { kind, key, points, limiter } = place;
  // Unlike `consume`, this accepts more points than a window has.
  const counted = await limiter.penalty(key, points);
  return hasRoom(place, counted.consumedPoints - points) ? null : limitedBy(kind, counted);
}

/** @param used points that the window has counted before */
function hasRoom({ points, limiter }: Place, used: number): boolean {
  return used <= 0 || used + points <= limiter.points;
}

function limitedBy(kind: LimitKind, { msBeforeNext }: RateLimiterRes): ReachedLimit {
  return { kind, retryAfterMs: Math.max(1, msBeforeNext) };
}

function longest(all: readonly (ReachedLimit | null)[]): ReachedLimit | null {
  const reached = all.filter((limited) => limited !== null);
  return reached.toSorted((a, b) => b.retryAfterMs - a.retryAfterMs)[0] ?? null;
}

function orThrow(limited: ReachedLimit | null, facts: ErrorContext): void {
  if (limited === null) return;
  const retryAfterSeconds = Math.ceil(limited.retryAfterMs / 1000);
  throw new AppError('limits.reached', { ...facts, kind: limited.kind, retryAfterSeconds });
}
