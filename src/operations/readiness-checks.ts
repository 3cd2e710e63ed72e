import { Inject, Injectable } from '@nestjs/common';
import {
  type HealthIndicatorFunction,
  type HealthIndicatorResult,
  HealthIndicatorService,
} from '@nestjs/terminus';

/** Why something can be used only in part. */
export interface Impairment extends Record<string, unknown> {
  readonly impaired: string;
}

/** One thing that must be usable; throws where it is not. */
export interface ReadinessCheck {
  readonly name: string;
  /** @returns an impairment where the service goes on without it, and is `degraded` */
  readonly check: (signal: AbortSignal) => Promise<Impairment | undefined | void>;
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
    return this.checks.map((check) => () => this.ask(check));
  }

  private async ask({ name, check }: ReadinessCheck): Promise<HealthIndicatorResult> {
    const session = this.indicators.check(name);
    const result = await session
      .attempt(({ signal }) => check(signal))
      .withTimeout(CHECK_WITHIN_MS)
      .cacheFor(REMEMBER_MS);
    const impaired: unknown = result[name]?.['impaired'];
    return typeof impaired === 'string' ? session.degraded({ message: impaired }) : result;
  }
}
