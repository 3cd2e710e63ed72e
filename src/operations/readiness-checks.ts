import { Inject, Injectable } from '@nestjs/common';
import {
  type HealthIndicatorFunction,
  type HealthIndicatorResult,
  HealthIndicatorService,
} from '@nestjs/terminus';

/** Why something is only partly usable. */
export interface Impairment extends Record<string, unknown> {
  readonly impaired: string;
}

/** Checks one thing that must be usable; throws if it is not. */
export interface ReadinessCheck {
  readonly name: string;
  /** @returns an impairment if the service runs on in state `degraded` */
  readonly check: (signal: AbortSignal) => Promise<Impairment | undefined | void>;
}

/** Nest injection token of the list of ReadinessChecks that the composition root assembles. */
export const READINESS_CHECKS = Symbol('ReadinessChecks');

const CHECK_WITHIN_MS = 3000;
/** Probes come often and from many clients; each check runs at most this often. */
const REMEMBER_MS = 2000;

/** Every readiness check in the form Terminus wants: with a deadline, and cached for a moment. */
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
