import type { Instant } from './clock.port.js';

/** Kinds of records that belong to no job. */
export type KeyedKind =
  | 'never_mail'
  | 'mail_confirmed'
  | 'mail_asked'
  | 'chat_zone'
  | 'chat_job'
  | 'chat_message'
  | 'chat_seen'
  | 'breaker'
  | 'canary';

/** The place of a record: an `item` under a `key`. Single records use the item `''`. */
export interface KeyedPlace {
  readonly kind: KeyedKind;
  readonly key: string;
  readonly item: string;
}

/** A stored record. */
export interface KeyedEntry extends KeyedPlace {
  /** Opaque to the store; at most 64 KiB. */
  readonly value: string;
  /** Time of automatic deletion; null: never. */
  readonly expiresAt: Instant | null;
}

/** Small records that outlive a job or belong to none. Fails like JobStore. */
export abstract class KeyedStore {
  /** Stores or replaces. */
  abstract put(entry: KeyedEntry): Promise<void>;

  /** Stores unless an unexpired record exists. @returns whether this call stored it */
  abstract putIfAbsent(entry: KeyedEntry, at: Instant): Promise<boolean>;

  /** @returns the unexpired entry at `at`, or null */
  abstract get(place: KeyedPlace, at: Instant): Promise<KeyedEntry | null>;

  /** @returns the unexpired entries of one key at `at`, by ascending item */
  abstract list(kind: KeyedKind, key: string, at: Instant): Promise<KeyedEntry[]>;

  /** Removes. Safe to repeat. */
  abstract delete(place: KeyedPlace): Promise<void>;

  /** Removes records that have expired at `at`, if the store does not do so by itself. */
  abstract deleteExpired(at: Instant): Promise<void>;
}
