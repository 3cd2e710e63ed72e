import type { NoticeChannels } from '../notifications/notice-channels.js';
import type { MissingEngines } from '../scraping/missing-engines.js';
import type { Impairment, ReadinessCheck } from './readiness-checks.js';

/**
 * Readiness checks for engines and chats that jobs ask for and this process does not have; the service runs
 * on.
 */
export function lackChecks(
  channels: Pick<NoticeChannels, 'unserved'>,
  engines: Pick<MissingEngines, 'names'>,
): readonly ReadinessCheck[] {
  return [
    { name: 'channels', check: () => Promise.resolve(impairedBy(channels.unserved)) },
    { name: 'engines', check: () => Promise.resolve(impairedBy(engines.names)) },
  ];
}

function impairedBy(names: readonly string[]): Impairment | undefined {
  return names.length === 0
    ? undefined
    : { impaired: `asked for by jobs, but not set up here: ${names.join(', ')}` };
}
