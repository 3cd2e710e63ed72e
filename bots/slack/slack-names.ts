import type { JobAction } from '../conversation/reply.js';

/** The command, as in the manifest; a spec compares all these names with the manifest. */
export const SLACK_COMMAND = '/images';
/** The global shortcut that opens the form. */
export const FORM_SHORTCUT = 'open_image_form';
/** The submitted form. */
export const FORM_CALLBACK = 'image_form';
/** A button that only opens a page; Slack sends an action for it too. */
export const OPEN_ACTION = 'job_open';
/** The buttons with an action on a job. */
export const PRESS_ACTIONS: Readonly<Record<string, JobAction>> = {
  job_cancel: 'cancel',
  job_start: 'start',
  job_retry: 'retry',
  job_missing: 'missing',
  job_next: 'next',
  job_change: 'change',
  job_delete: 'delete',
};

/** Paths of Slack's requests in HTTP mode. */
export const SLACK_PATHS = {
  events: '/slack/events',
  commands: '/slack/commands',
  interactions: '/slack/interactions',
} as const;
