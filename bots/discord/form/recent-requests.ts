import type { RawFields } from '../../../src/validation/problem.js';

const MOST_KEPT = 1000;

/** Keeps refused requests, so that people need not type them again. Lost at a restart. */
export class RecentRequests {
  private readonly kept = new Map<string, { readonly user: string; readonly fields: RawFields }>();

  /** Keeps the fields that `user` sent in an interaction. */
  keep(interactionId: string, user: string, fields: RawFields): void {
    this.kept.set(interactionId, { user, fields });
    const [oldest] = this.kept.keys();
    if (this.kept.size > MOST_KEPT && oldest !== undefined) this.kept.delete(oldest);
  }

  /** @returns the fields that `user` sent in an interaction, or no fields */
  find(interactionId: string, user: string): RawFields {
    const found = this.kept.get(interactionId);
    return found?.user === user ? found.fields : {};
  }
}
