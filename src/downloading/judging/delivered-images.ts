import { setImmediate as othersTurn } from 'node:timers/promises';
import { type Features, featuresOf } from '../../imaging/similarity/features.js';
import type { ImageRecord } from '../../jobs/image-record.js';
import { Rejection } from '../../jobs/rejection.js';
import { copiesAmong } from './copies.js';

/** Fingerprints read before others have their turn: about 10 ms of work. */
const READ_AT_ONCE = 25;

/** The images that the jobs before have delivered: they take no place, and nothing like them takes one. */
export class DeliveredImages {
  private readonly bytes = new Set<string>();
  private readonly looks: { readonly features: Features | null }[] = [];

  /** @param records with the outcome `excluded` */
  static async of(records: readonly ImageRecord[]): Promise<DeliveredImages> {
    const delivered = new DeliveredImages();
    for (const [index, { outcome }] of records.entries()) {
      if (index % READ_AT_ONCE === READ_AT_ONCE - 1) await othersTurn();
      if (outcome.status !== 'excluded') continue;
      delivered.bytes.add(outcome.file.sha256);
      delivered.looks.push({ features: featuresOf(outcome.file.fingerprint) });
    }
    return delivered;
  }

  /** @throws Rejection `delivered_before` for a file that was delivered */
  refuseBytes(sha256: string): void {
    if (this.bytes.has(sha256)) throw new Rejection('delivered_before', 'same file');
  }

  /** @throws Rejection `delivered_before` for a picture that was delivered, from another file */
  refuseCopies(features: Features | null): void {
    if (features !== null && copiesAmong(this.looks, features).length > 0)
      throw new Rejection('delivered_before', 'same picture');
  }
}
