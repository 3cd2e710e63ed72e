import type { Instant } from './clock.port.js';

/** What is kept outside of jobs. */
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

/** A place: one `item` among those of one `key`. Single things use the item `''`. */
export interface KeyedPlace {
  readonly kind: KeyedKind;
  readonly key: string;
  readonly item: string;
}

/** One stored thing. */
export interface KeyedEntry extends KeyedPlace {
  /** Opaque to the store; at most 64 KiB. */
  readonly value: string;
  /** When it vanishes by itself; null: never. */
  readonly expiresAt: Instant | null;
}

/** Small things that outlive a job, or belong to no job. Fails like JobStore. */
export abstract class KeyedStore {
  /** Stores or replaces. */
  abstract put(entry: KeyedEntry): Promise<void>;

  /** Stores unless something unexpired is there. @returns whether this call stored it */
  abstract putIfAbsent(entry: KeyedEntry, at: Instant): Promise<boolean>;

  /** @returns the unexpired entry at `at`, or null */
  abstract get(place: KeyedPlace, at: Instant): Promise<KeyedEntry | null>;

  /** @returns the unexpired entries of one key at `at`, by ascending item */
  abstract list(kind: KeyedKind, key: string, at: Instant): Promise<KeyedEntry[]>;

  /** Removes; removing twice is no error. */
  abstract delete(place: KeyedPlace): Promise<void>;

  /** Removes what has expired at `at`, where the backing store does not do so itself. */
  abstract deleteExpired(at: Instant): Promise<void>;
}
