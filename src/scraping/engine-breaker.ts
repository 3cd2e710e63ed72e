import { Injectable, Logger } from '@nestjs/common';
import { AppError } from '../jobs/app-error.js';
import type { EngineName } from '../engines/engines.js';
import { Clock, type Instant } from '../jobs/clock.port.js';
import type { FailureCode } from '../jobs/failure-codes.js';
import { KeyedStore, type KeyedPlace } from '../jobs/keyed-store.port.js';
import { leaveAloneMs } from './breaker-wait.js';

/** Blocks that follow each other within this time count together. */
const REMEMBERED_MS = 6 * 3_600_000;

/** The stored pause of an engine that is, or lately was, left alone. */
interface Rest {
  readonly until: Instant;
  readonly because: FailureCode;
  /** Blocks in a row. */
  readonly times: number;
}

/** Leaves engines alone for a while after they refused, for all jobs of all processes. */
@Injectable()
export class EngineBreaker {
  private readonly logger = new Logger(EngineBreaker.name);

  constructor(
    private readonly kept: KeyedStore,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns `source.left_alone` (context `until`, `because`) while the engine must not be asked, else null
   */
  async whyLeftAlone(engine: EngineName): Promise<AppError | null> {
    const rest = await this.read(engine);
    if (rest === null || rest.until <= this.clock.now()) return null;
    const until = new Date(rest.until).toISOString();
    return new AppError('source.left_alone', { engine, until, because: rest.because });
  }

  /** Notes why a search ended; a refusal pauses the engine from now on. */
  async noteFailure(engine: EngineName, failure: AppError): Promise<void> {
    const now = this.clock.now();
    const before = await this.read(engine);
    // Several jobs may run into the same block, which counts once.
    const times = before === null ? 1 : before.times + (before.until > now ? 0 : 1);
    const until = Math.max(now + leaveAloneMs(failure, times), before?.until ?? 0);
    if (until <= Math.max(now, before?.until ?? 0)) return;
    this.logger.warn({ engine, because: failure.code, until: new Date(until).toISOString() }, 'left alone');
    await this.write(engine, { until, because: failure.code, times });
  }

  /** An unreadable pause does not stop a search. */
  private async read(engine: EngineName): Promise<Rest | null> {
    try {
      const entry = await this.kept.get(placeOf(engine), this.clock.now());
      return entry === null ? null : (JSON.parse(entry.value) as Rest);
    } catch (error) {
      this.logger.warn({ err: error, engine }, 'it is not known whether an engine is to be left alone');
      return null;
    }
  }

  private async write(engine: EngineName, rest: Rest): Promise<void> {
    const expiresAt = rest.until + REMEMBERED_MS;
    try {
      await this.kept.put({ ...placeOf(engine), value: JSON.stringify(rest), expiresAt });
    } catch (error) {
      this.logger.warn({ err: error, engine }, 'other jobs cannot be told to leave an engine alone');
    }
  }
}

function placeOf(engine: EngineName): KeyedPlace {
  return { kind: 'breaker', key: engine, item: '' };
}
