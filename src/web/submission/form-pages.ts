import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { mostJobImages } from '../../config/most-job-images.js';
import { SETTINGS_TOKEN, type Settings } from '../../config/settings.js';
import { Clock } from '../../jobs/clock.port.js';
import type { Html } from '../../jobs/wording/html.js';
import { timeZoneChoices } from '../../validation/times/time-zones.js';
import { formPage, type FormView } from '../pages/form-page.js';
import { mailWay } from '../pages/job-view.js';
import { TimeZoneOptions } from '../pages/time-zone-options.js';
import { FormNonces } from './form-nonce.js';
import { Replacements } from './replacements.js';

/** Offsets of time zones change on the hour. */
const ZONES_GOOD_FOR_MS = 900_000;

/** The parts that differ between forms. */
export type FormContent = Pick<FormView, 'values' | 'problems' | 'notice'> & {
  /** Whether the reader may open the kept mails. */
  readonly isLocal: boolean;
  /** The nonce of a form that was sent; a new one replaces a missing or forged nonce. */
  readonly nonce?: unknown;
  /** Public id of the job that the form replaces; a forged one is left out. */
  readonly replaces?: unknown;
};

/** The notice above a form with an earlier request. */
export const FILLED_IN: FormView['notice'] = {
  what: 'Your earlier request is filled in below.',
  next: 'Change what you like and send it.',
  isBad: false,
};

const REPLACES: FormView['notice'] = {
  what: 'Change your scheduled job below.',
  next: 'Sending this starts a new job and cancels the old one. Until then the old one stays as it is.',
  isBad: false,
};

/** Makes the pages that contain the form. */
@Injectable()
export class FormPages implements OnApplicationBootstrap {
  private zones = new TimeZoneOptions([]);
  private zonesGoodUntil = 0;

  constructor(
    private readonly nonces: FormNonces,
    private readonly clock: Clock,
    private readonly replacements: Replacements,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
  ) {}

  /** Computes all time zones before the first visitor: the first time would block the service noticeably. */
  onApplicationBootstrap(): void {
    this.currentZones();
  }

  /** The page with the filled-in form. */
  make({ values, problems, notice, nonce, replaces, isLocal }: FormContent): Html {
    const { maxImages, maxAheadMs, engines, confirmEmail: asksToConfirm, smtpUrl } = this.settings;
    const replacedId = this.replacements.idIn({ replaces });
    return formPage({
      values,
      problems,
      notice: notice ?? (replacedId === null ? null : REPLACES),
      replaces: replacedId,
      nonce: this.nonces.isOurs(nonce) ? nonce : this.nonces.make(),
      zones: this.currentZones(),
      maxImages,
      maxJobImages: mostJobImages(this.settings),
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
