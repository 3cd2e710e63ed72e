import { setImmediate as nextLoop } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { App } from '@slack/bolt';
import { FORM_CALLBACK } from '../slack-names.js';

const logger = new Logger('SlackRehearsal');

/** Enough for the engine to compile what is on the way; together some fifty milliseconds. */
const TIMES = 40;

/** Asks for no images, so it is refused before anything begins. */
const REFUSED_FORM = {
  type: 'view_submission',
  team: { id: 'T0' },
  user: { id: 'U0', team_id: 'T0' },
  view: {
    id: 'V0',
    type: 'modal',
    callback_id: FORM_CALLBACK,
    private_metadata: JSON.stringify({ conversation: 'C0', timeZone: 'Europe/Vienna' }),
    state: {
      values: {
        query: { value: { value: 'rehearsal' } },
        count: { value: { value: '0' } },
        when: { value: { selected_date_time: 2_000_000_000 } },
        email: { value: { value: 'rehearsal@example.org' } },
      },
    },
  },
} as const;

/**
 * Sends a form the whole way to its acknowledgement again and again, so that the first people who come all at
 * once do not wait for what is loaded and compiled on first use. Never fails.
 */
export async function rehearse(app: Pick<App, 'processEvent'>): Promise<void> {
  try {
    for (let time = 0; time < TIMES; time += 1) {
      await app.processEvent({ body: REFUSED_FORM, ack: async () => {} });
      await nextLoop();
    }
  } catch (error) {
    logger.warn({ err: error }, 'the rehearsal failed; the first acknowledgements may be slow');
  }
}
