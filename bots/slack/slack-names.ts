import type { JobAction } from '../conversation/reply.js';

/** What Slack knows our things by; the manifest and the code are compared by these names. */
export const SLACK_COMMAND = '/images';
/** The global shortcut that opens the form. */
export const FORM_SHORTCUT = 'open_image_form';
/** The submitted form. */
export const FORM_CALLBACK = 'image_form';
/** A button that only opens a page; Slack tells us all the same. */
export const OPEN_ACTION = 'job_open';
/** The buttons that do something. */
export const PRESS_ACTIONS: Readonly<Record<string, JobAction>> = {
  job_cancel: 'cancel',
  job_retry: 'retry',
  job_delete: 'delete',
};

/** Where Slack sends its requests in HTTP mode. */
export const SLACK_PATHS = {
  events: '/slack/events',
  commands: '/slack/commands',
  interactions: '/slack/interactions',
} as const;
