import type { FaultWorld, DeathPlace } from '../support/service/fault-world.ts';
import type { MailStep } from '../support/mail/mail-catcher.ts';
import type { KillScope } from '../support/service/service.ts';
import { until } from '../support/until.ts';
import type { RequestKind } from '../replica/stats.ts';

/** The moment when a service is killed. */
export type Moment =
  | ({ readonly at: 'place' } & DeathPlace)
  /** During a deletion requested by a person. */
  | ({ readonly at: 'deletion' } & DeathPlace)
  /** During the nth mail to the job's recipient: 1 is the start, 2 the end. */
  | { readonly at: 'mail'; readonly step: MailStep; readonly nth: number }
  /** When the nth request of a kind reaches the replica. */
  | { readonly at: 'request'; readonly kind: RequestKind; readonly nth: number }
  | { readonly at: 'time'; readonly afterMs: number };

/** A moment in words, for the names of tests. */
export function nameOf(moment: Moment): string {
  switch (moment.at) {
    case 'place':
      return `${moment.when} ${moment.place} ${moment.nth}`;
    case 'deletion':
      return `${moment.when} ${moment.place} ${moment.nth} of a deletion`;
    case 'mail':
      return `${moment.step.replace('-', ' ')} of mail ${moment.nth}`;
    case 'request':
      return `at ${moment.kind} request ${moment.nth}`;
    case 'time':
      return `after ${moment.afterMs} ms`;
  }
}

/** Arranges the service's death at the moment. @returns a function that undoes it after the death */
export async function arrangeDeath(
  world: FaultWorld,
  moment: Moment,
  email: string,
  scope: KillScope,
): Promise<() => Promise<void>> {
  const { service, mail } = world;
  if (moment.at === 'place' || moment.at === 'deletion') {
    await world.dieAt(moment, scope);
    return () => world.cancelDeath();
  }
  if (moment.at === 'mail') {
    let seen = 0;
    mail.atStep = (step, to) => {
      if (step !== moment.step || to !== email) return undefined;
      seen += 1;
      return seen === moment.nth ? service.kill(scope) : undefined;
    };
    return async () => {
      mail.atStep = () => undefined;
    };
  }
  const killing = moment.at === 'time' ? timer(moment.afterMs) : nthRequest(world, moment);
  const killed = killing.then(() => service.kill(scope));
  return () => killed;
}

function timer(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function nthRequest(
  { replica }: FaultWorld,
  { kind, nth }: Extract<Moment, { at: 'request' }>,
): Promise<void> {
  const from = replica.requests.length;
  const arrived = (): boolean =>
    replica.requests.slice(from).filter((request) => request.kind === kind).length >= nth;
  await until(`${kind} request ${nth}`, arrived, 60_000, 1);
}
