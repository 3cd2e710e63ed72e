import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { SETTINGS_TOKEN, type Settings } from '../../config/settings.js';
import { Clock } from '../../jobs/clock.port.js';
import type { Html } from '../../jobs/wording/html.js';
import { timeZoneChoices } from '../../validation/times/time-zones.js';
import { formPage, type FormView } from '../pages/form-page.js';
import { mailWay } from '../pages/job-view.js';
import { TimeZoneOptions } from '../pages/time-zone-options.js';
import { FormNonces } from './form-nonce.js';

/** Offsets change with the clocks, on the hour. */
const ZONES_GOOD_FOR_MS = 900_000;

/** What differs from form to form. */
export type FormContent = Pick<FormView, 'values' | 'problems' | 'notice'> & {
  /** Whether the reader may open the kept mails. */
  readonly isLocal: boolean;
  /** The nonce that came with what was sent; a new one is made where there is none of ours. */
  readonly nonce?: unknown;
};

/** Makes the pages with the form. */
@Injectable()
export class FormPages implements OnApplicationBootstrap {
  private zones = new TimeZoneOptions([]);
  private zonesGoodUntil = 0;

  constructor(
    private readonly nonces: FormNonces,
    private readonly clock: Clock,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
  ) {}

  /** Finds every zone before the first visitor comes: the first time takes long enough to hold up everybody. */
  onApplicationBootstrap(): void {
    this.currentZones();
  }

  /** The form with `content` in it. */
  make({ values, problems, notice, nonce, isLocal }: FormContent): Html {
    const { maxImages, maxAheadMs, engines, confirmEmail: asksToConfirm, smtpUrl } = this.settings;
    return formPage({
      values,
      problems,
      notice,
      nonce: this.nonces.isOurs(nonce) ? nonce : this.nonces.make(),
      zones: this.currentZones(),
      maxImages,
      maxAheadMs,
      engines,
      asksToConfirm,
      mailWay: mailWay(smtpUrl !== null, isLocal),
    });
  }

  private currentZones(): TimeZoneOptions {
    const now = this.clock.now();
    if (now >= this.zonesGoodUntil) {
      this.zones = new TimeZoneOptions(timeZoneChoices(now));
      this.zonesGoodUntil = Math.floor(now / ZONES_GOOD_FOR_MS + 1) * ZONES_GOOD_FOR_MS;
    }
    return this.zones;
  }
}
