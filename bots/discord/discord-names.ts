import { JOB_ACTIONS, type JobAction } from '../conversation/reply.js';

/** The registered slash command. */
export const DISCORD_COMMAND = 'images';

/** The submitted form. */
export const FORM_ID = 'image_form';

const PRESS_ID = /^job_([a-z]+):([0-9a-f]{32})$/;
const CORRECT_ID = /^image_form:(\d{1,20})$/;

/** The id of a button with an action on a job. */
export function pressId(action: JobAction, jobId: string): string {
  return `job_${action}:${jobId}`;
}

/** @returns the action and job of a button, or null for another button */
export function readPressId(id: string): { readonly action: JobAction; readonly jobId: string } | null {
  const [, word, jobId] = PRESS_ID.exec(id) ?? [];
  const action = JOB_ACTIONS.find((known) => known === word);
  return action === undefined || jobId === undefined ? null : { action, jobId };
}

/** The id of a button that opens the form with the request of an earlier interaction. */
export function correctId(interactionId: string): string {
  return `${FORM_ID}:${interactionId}`;
}

/** @returns the earlier interaction, or null for another button */
export function readCorrectId(id: string): string | null {
  return CORRECT_ID.exec(id)?.[1] ?? null;
}
