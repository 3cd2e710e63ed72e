import type { Dice } from '../replica/dice.ts';
import type { KillScope } from '../support/service/service.ts';
import type { Moment } from './moments.ts';

/** One run: a job, and the moments when its service is killed. */
export interface PlannedKill {
  readonly number: number;
  readonly moments: readonly Moment[];
  readonly scope: KillScope;
}

const place = (name: string, when: 'before' | 'after', nth = 1): Moment => ({
  at: 'place',
  place: name,
  when,
  nth,
});
const deletion = (name: string, when: 'before' | 'after', nth = 1): Moment => ({
  at: 'deletion',
  place: name,
  when,
  nth,
});
const mail = (step: 'before-data' | 'before-reply' | 'after-reply', nth: number): Moment => ({
  at: 'mail',
  step,
  nth,
});

/** All places that the service must survive, starting with those that the short suite needs. */
const PLACES: readonly Moment[] = [
  place('zip', 'before'),
  mail('before-reply', 2),
  deletion('file-deletion', 'after'),
  { at: 'request', kind: 'search', nth: 1 },
  place('image', 'after', 10),
  place('ready', 'after'),
  mail('before-data', 1),
  place('links', 'after'),
  place('zip', 'after'),
  deletion('record-deletion', 'before'),
  place('begin', 'after'),
  place('begin', 'before'),
  place('links', 'before'),
  place('image', 'before', 10),
  place('image', 'before', 20),
  place('image', 'after', 20),
  place('outcome', 'before'),
  place('outcome', 'after'),
  place('ready', 'before'),
  place('sending', 'before', 1),
  place('sending', 'after', 1),
  place('sending', 'before', 2),
  place('sending', 'after', 2),
  place('settled', 'before', 1),
  place('settled', 'after', 1),
  place('settled', 'before', 2),
  mail('before-data', 2),
  mail('before-reply', 1),
  mail('after-reply', 1),
  mail('after-reply', 2),
  place('file-deletion', 'before', 1),
  place('file-deletion', 'after', 1),
  deletion('file-deletion', 'before'),
  deletion('file-deletion', 'before', 2),
  deletion('file-deletion', 'after', 2),
  deletion('record-deletion', 'after'),
  { at: 'request', kind: 'image', nth: 1 },
  { at: 'request', kind: 'image', nth: 15 },
];

/** Approximate duration of a run; a random kill may strike at any time in it. */
const RUN_TAKES_MS = 3500;

/**
 * Plans `count` runs: first each of the named places, then alternately random places and random times; some
 * runs kill twice during the same job.
 */
export function killPlan(count: number, dice: Dice): PlannedKill[] {
  return Array.from({ length: count }, (_, index) => {
    const named = PLACES[index] ?? (index % 2 === 0 ? dice.pick(PLACES) : randomTime(dice));
    // The last two runs of a short plan use random times as well.
    const moment = count <= PLACES.length && index >= count - 2 ? randomTime(dice) : named;
    const isTwice = moment.at !== 'deletion' && dice.next() < 0.25;
    const scope = dice.next() < 0.5 ? 'process' : 'group';
    return { number: index + 1, moments: isTwice ? [moment, randomTime(dice)] : [moment], scope };
  });
}

function randomTime(dice: Dice): Moment {
  return { at: 'time', afterMs: Math.round(dice.next() * RUN_TAKES_MS) };
}
