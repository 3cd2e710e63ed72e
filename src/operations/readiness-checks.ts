import { Inject, Injectable } from '@nestjs/common';
import { type HealthIndicatorFunction, HealthIndicatorService } from '@nestjs/terminus';

/** One thing that must be usable; throws where it is not. */
export interface ReadinessCheck {
  readonly name: string;
  readonly check: (signal: AbortSignal) => Promise<void>;
}

/** Nest injection token of the list of ReadinessChecks that the composition root assembles. */
export const READINESS_CHECKS = Symbol('ReadinessChecks');

const CHECK_WITHIN_MS = 3000;
/** Probes come often and from many; each thing is asked at most this often. */
const REMEMBER_MS = 2000;

/** Every readiness check as Terminus wants it: with a deadline, and remembered for a moment. */
@Injectable()
export class ReadinessChecks {
  constructor(
    private readonly indicators: HealthIndicatorService,
    @Inject(READINESS_CHECKS) private readonly checks: readonly ReadinessCheck[],
  ) {}

  all(): HealthIndicatorFunction[] {
    return this.checks.map(
      ({ name, check }) =>
        async () =>
          this.indicators
            .check(name)
            .attempt(({ signal }) => check(signal))
            .withTimeout(CHECK_WITHIN_MS)
            .cacheFor(REMEMBER_MS),
    );
  }
}
