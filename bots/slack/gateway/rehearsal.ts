import { setImmediate as nextLoop } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { App } from '@slack/bolt';
import { FORM_CALLBACK } from '../slack-names.js';

const logger = new Logger('SlackRehearsal');

/** Enough for V8 to compile the code on this path; takes about 50 ms. */
const TIMES = 40;

/** A form with count 0, which validation refuses. */
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
 * Sends a form through the acknowledgement many times, so that the first burst of real requests does not wait
 * for code that is loaded and compiled on first use. Never fails.
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
