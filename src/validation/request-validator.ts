import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS_TOKEN, type Settings } from '../config/settings.js';
import type { EngineName } from '../engines/engines.js';
import { Clock, type Instant } from '../jobs/clock.port.js';
import type { RawFields } from './problem.js';
import { validateRequest, type Validated } from './validate-request.js';

/** What a door asks of a request beyond what every request must be. */
export interface DoorRules {
  /** Whether names that are no fields are problems too. */
  readonly refusesUnknown: boolean;
}

/** Validates what any door was given against this installation's settings and the current time. */
@Injectable()
export class RequestValidator {
  constructor(
    private readonly clock: Clock,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
  ) {}

  /** Most images a job may ask for here. */
  get maxImages(): number {
    return this.settings.maxImages;
  }

  /** The engines of this installation, in the operator's order. */
  get engines(): readonly EngineName[] {
    return this.settings.engines;
  }

  /** The moment that requests are measured against. */
  now(): Instant {
    return this.clock.now();
  }

  /** @returns the request, or all problems at once */
  validate(raw: RawFields, { refusesUnknown }: DoorRules): Validated {
    const { maxImages, maxAheadMs, engines } = this.settings;
    const rules = { now: this.clock.now(), maxImages, maxAheadMs, engines };
    return validateRequest(raw, rules, { refusesUnknown });
  }
}
