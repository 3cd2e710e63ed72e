import type { FieldTable } from './request-field.js';

/** Longest query, in Unicode code points. */
export const MAX_QUERY_LENGTH = 200;
/** Longest e-mail address. @see https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1 (errata 1690) */
export const MAX_EMAIL_LENGTH = 254;
/** Images per job if no number is given. */
export const DEFAULT_COUNT = 50;

/** The search itself, its start, and the address for notices. */
export const MAIN_TABLE = {
  query: {
    kind: 'query',
    label: 'What should the images show?',
    about: 'What the images should show, in any language.',
    example: 'red panda',
  },
  date: {
    kind: 'date',
    label: 'Date',
    about: 'Day of the start, `YYYY-MM-DD`. Leave out date and time to start now.',
    example: '2027-05-01',
  },
  time: { kind: 'time', label: 'Time', about: 'Time of day of the start, `HH:MM`.', example: '09:30' },
  timeZone: {
    kind: 'zone',
    label: 'Time zone',
    about: 'IANA zone of date and time; needed with them.',
    example: 'Europe/Vienna',
  },
  count: { kind: 'count', label: 'How many?', about: 'How many images.', example: `${DEFAULT_COUNT}` },
  email: {
    kind: 'email',
    label: 'Your e-mail address, optional',
    about:
      'Who gets the notices: one plain address, which may be asked first by a mail of its own. Left out, the job is followed through its links only.',
    example: 'ana@example.org',
    words: ['email'],
  },
} as const satisfies FieldTable;
