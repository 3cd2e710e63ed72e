import { Inject, Injectable, Logger } from '@nestjs/common';
import { SETTINGS_TOKEN, type Settings } from '../config/settings.js';
import { AppError } from '../jobs/app-error.js';
import type { EngineName } from '../engines/engines.js';
import { Clock, type Instant } from '../jobs/clock.port.js';
import type { FailureCode } from '../jobs/failure-codes.js';
import { type KeyedPlace, KeyedStore } from '../jobs/keyed-store.port.js';
import { EngineBreaker } from './engine-breaker.js';
import type { ImageSource } from './image-source.port.js';
import { checkedSearch } from './checked-search.js';

/** Deadline of one canary search. */
const LOOK_WITHIN_MS = 90_000;
/** A result counts for this many intervals, but at least longer than an engine may be left alone. */
const COUNTS_FOR_INTERVALS = 3;
const COUNTS_AT_LEAST_MS = 24 * 3_600_000;

/** The result of one canary search. */
export interface Sighting {
  /** Why there were no results; null: there were some. */
  readonly code: FailureCode | null;
  readonly at: Instant;
}

/**
 * Searches each engine briefly now and then, so that operators know of a changed layout before people's jobs
 * fail. The results are stored for all processes, and only one process searches at a time.
 */
@Injectable()
export class EngineCanary {
  private readonly logger = new Logger(EngineCanary.name);
  private readonly failed = new Map<EngineName, Map<FailureCode, number>>();

  constructor(
    private readonly breaker: EngineBreaker,
    private readonly kept: KeyedStore,
    private readonly clock: Clock,
    @Inject(SETTINGS_TOKEN) private readonly settings: Pick<Settings, 'canaryIntervalMs' | 'canaryQuery'>,
  ) {}

  /**
   * Searches if it is time, no other process does, and the engine is not left alone.
   * @throws AppError of the store; the signal's reason
   */
  async lookWhenDue(source: ImageSource, signal: AbortSignal): Promise<void> {
    const everyMs = this.settings.canaryIntervalMs;
    if (everyMs === null || (await this.breaker.whyLeftAlone(source.name)) !== null) return;
    const now = this.clock.now();
    const turn = { ...turnOf(source.name), value: '', expiresAt: now + everyMs };
    if (!(await this.kept.putIfAbsent(turn, now))) return;
    await this.note(source.name, await this.look(source, signal), everyMs);
  }

  /** Why an engine is not or only partly usable, for operators; null: no problem is known. */
  async impairment(engine: EngineName): Promise<string | null> {
    const seen = await this.sighting(engine);
    return seen?.code ? `${seen.code} at ${new Date(seen.at).toISOString()}` : null;
  }

  /** The failures this process saw, by engine and code. */
  get failures(): readonly {
    readonly engine: EngineName;
    readonly code: FailureCode;
    readonly count: number;
  }[] {
    return [...this.failed].flatMap(([engine, codes]) =>
      [...codes].map(([code, count]) => ({ engine, code, count })),
    );
  }

  /** @returns why there were no results, or null */
  private async look(source: ImageSource, signal: AbortSignal): Promise<AppError | null> {
    const late = AbortSignal.timeout(LOOK_WITHIN_MS);
    const stop = AbortSignal.any([signal, late]);
    try {
      for await (const batch of checkedSearch(source, { text: this.settings.canaryQuery, filters: {} }, stop))
        if (batch.length > 0) return null;
      return new AppError('source.no_results', { engine: source.name });
    } catch (error) {
      signal.throwIfAborted();
      if (late.aborted) return new AppError('source.unreachable', { engine: source.name, reason: 'timeout' });
      return error instanceof AppError ? error : new AppError('internal.unexpected', {}, error);
    }
  }

  private async note(engine: EngineName, failure: AppError | null, everyMs: number): Promise<void> {
    const at = this.clock.now();
    const sighting: Sighting = { code: failure?.code ?? null, at };
    const expiresAt = at + Math.max(COUNTS_FOR_INTERVALS * everyMs, COUNTS_AT_LEAST_MS);
    if (failure !== null) {
      this.count(engine, failure.code);
      this.logger.error({ err: failure, engine }, 'a small search brought nothing: jobs will not do better');
      await this.breaker.noteFailure(engine, failure);
    }
    await this.kept.put({ ...sightingOf(engine), value: JSON.stringify(sighting), expiresAt });
  }

  /** The last result for an engine; null: none lately. */
  private async sighting(engine: EngineName): Promise<Sighting | null> {
    const entry = await this.kept.get(sightingOf(engine), this.clock.now());
    return entry === null ? null : (JSON.parse(entry.value) as Sighting);
  }

  private count(engine: EngineName, code: FailureCode): void {
    const codes = this.failed.get(engine) ?? new Map<FailureCode, number>();
    this.failed.set(engine, codes.set(code, (codes.get(code) ?? 0) + 1));
  }
}

function turnOf(engine: EngineName): KeyedPlace {
  return { kind: 'canary', key: engine, item: 'turn' };
}

function sightingOf(engine: EngineName): KeyedPlace {
  return { kind: 'canary', key: engine, item: 'sighting' };
}
