import { Inject, Injectable } from '@nestjs/common';
import { mostJobImages } from '../config/most-job-images.js';
import { SETTINGS_TOKEN, type Settings } from '../config/settings.js';
import type { EngineName } from '../engines/engines.js';
import { Clock, type Instant } from '../jobs/clock.port.js';
import type { RawFields } from './problem.js';
import { validateRequest, type Validated } from './validate-request.js';

/** Rules that differ between doors. */
export interface DoorRules {
  /** Whether unknown names are problems. */
  readonly refusesUnknown: boolean;
}

/** Validates the raw fields of any door against this installation's settings and the current time. */
@Injectable()
export class RequestValidator {
  constructor(
    private readonly clock: Clock,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
  ) {}

  /** Most images a job may ask for. */
  get maxImages(): number {
    return this.settings.maxImages;
  }

  /** The engines of this installation, in the operator's order. */
  get engines(): readonly EngineName[] {
    return this.settings.engines;
  }

  /** The current time for validation. */
  now(): Instant {
    return this.clock.now();
  }

  /** @returns the request, or all problems at once */
  validate(raw: RawFields, { refusesUnknown }: DoorRules): Validated {
    const { maxImages, maxAheadMs, engines } = this.settings;
    const maxJobImages = mostJobImages(this.settings);
    const rules = { now: this.clock.now(), maxImages, maxJobImages, maxAheadMs, engines };
    return validateRequest(raw, rules, { refusesUnknown });
  }
}
