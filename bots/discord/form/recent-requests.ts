import type { RawFields } from '../../../src/validation/problem.js';

const MOST_KEPT = 1000;

/** What people asked for that was not right, so that they need not type it again. Lost at a restart. */
export class RecentRequests {
  private readonly kept = new Map<string, { readonly user: string; readonly fields: RawFields }>();

  /** Keeps what `user` asked for in an interaction. */
  keep(interactionId: string, user: string, fields: RawFields): void {
    this.kept.set(interactionId, { user, fields });
    const [oldest] = this.kept.keys();
    if (this.kept.size > MOST_KEPT && oldest !== undefined) this.kept.delete(oldest);
  }

  /** @returns what `user` asked for in an interaction, or nothing */
  find(interactionId: string, user: string): RawFields {
    const found = this.kept.get(interactionId);
    return found?.user === user ? found.fields : {};
  }
}
