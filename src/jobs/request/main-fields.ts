import type { FieldTable } from './request-field.js';

/** Longest query, in Unicode code points. */
export const MAX_QUERY_LENGTH = 200;
/** Longest e-mail address. @see https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1 (errata 1690) */
export const MAX_EMAIL_LENGTH = 254;
/** Images per job if no number is given. */
export const DEFAULT_COUNT = 50;

/** Most searches of one job. */
export const MAX_QUERIES = 50;
/** Most characters of all searches of a list and their names together, in Unicode code points. */
export const MAX_LIST_LENGTH = 2000;
/** Longest file with a list, in bytes: room for names, numbers and letters of four bytes. */
export const MAX_LIST_BYTES = 30_000;
/** Longest name of a search, in Unicode code points. */
export const MAX_QUERY_NAME_LENGTH = 100;

/** The search itself, its start, and the address for notices. */
export const MAIN_TABLE = {
  query: {
    kind: 'query',
    label: 'What should the images show?',
    about: 'What the images should show, in any language.',
    example: 'red panda',
  },
  queries: {
    kind: 'queries',
    label: 'Several searches, one per line',
    about:
      'Several searches in one job instead of `query`: at most 50, with a name and a number of their own if wanted. One without a number takes `count`.',
    example: 'pandas: red panda | 50',
  },
  prefix: {
    kind: 'phrase',
    label: 'Before each search',
    about: 'Words before each search of a list, e.g. “photo of”.',
    example: 'photo of',
  },
  suffix: {
    kind: 'phrase',
    label: 'Behind each search',
    about: 'Words behind each search of a list, e.g. “on a white background”.',
    example: 'on a white background',
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
  count: {
    kind: 'count',
    label: 'How many?',
    about: 'How many images; of each search of a list that has no number of its own.',
    example: `${DEFAULT_COUNT}`,
  },
  email: {
    kind: 'email',
    label: 'Your e-mail address, optional',
    about:
      'Who gets the notices: one plain address, which may be asked first by a mail of its own. Left out, the job is followed through its links only.',
    example: 'ana@example.org',
    words: ['email'],
  },
} as const satisfies FieldTable;
