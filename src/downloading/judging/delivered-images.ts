import { type Features, featuresOf } from '../../imaging/similarity/features.js';
import type { ImageRecord, KeptFile } from '../../jobs/image-record.js';
import { Rejection } from '../../jobs/rejection.js';
import { copiesAmong } from './copies.js';

/** The images that the jobs before have delivered: they take no place, and nothing like them takes one. */
export class DeliveredImages {
  private readonly files: readonly KeptFile[];
  private readonly bytes: ReadonlySet<string>;
  private looks: readonly { readonly features: Features | null }[] | null = null;

  /** @param records with the outcome `excluded` */
  constructor(records: readonly ImageRecord[]) {
    this.files = records.flatMap(({ outcome }) => (outcome.status === 'excluded' ? [outcome.file] : []));
    this.bytes = new Set(this.files.map(({ sha256 }) => sha256));
  }

  /** @throws Rejection `delivered_before` for a file that was delivered */
  refuseBytes(sha256: string): void {
    if (this.bytes.has(sha256)) throw new Rejection('delivered_before', 'same file');
  }

  /** @throws Rejection `delivered_before` for a picture that was delivered, from another file */
  refuseCopies(features: Features | null): void {
    if (features === null) return;
    this.looks ??= this.files.map(({ fingerprint }) => ({ features: featuresOf(fingerprint) }));
    if (copiesAmong(this.looks, features).length > 0) throw new Rejection('delivered_before', 'same picture');
  }
}
