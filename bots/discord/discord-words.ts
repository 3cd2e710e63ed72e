import type { Problem } from '../../src/validation/problem.js';
import { type Line, type Reply, textReply } from '../conversation/reply.js';

/** The problems of a request. */
export function discordProblemsReply(problems: readonly Problem[]): Reply {
  return textReply([{ bold: 'Nothing was started yet.' }], ...problems.map(({ message }): Line => [message]));
}

/** Explains the command in Discord. */
export function discordHelpReply(maxImages: number): Reply {
  return textReply(
    [{ bold: 'Image Job collects images and gives you one zip.' }],
    [
      { bold: '/images search' },
      ` – what to search; then, if you like, how many (1 to ${maxImages}), when, and what they must be like`,
    ],
    [{ bold: '/images form' }, ' – the same as a form, with filters as words in the search, like size:large'],
    [{ bold: '/images list' }, ' – your open jobs'],
    [{ bold: '/images cancel' }, ' – stops a job, wherever it was asked for, by the address of its page'],
    [
      'Times: now, in 2 hours, tomorrow 9am, 2026-12-24 18:00. They are meant in the time zone you choose; it is remembered.',
    ],
  );
}

/** Answers a command or button that this version does not know. */
export function unknownReply(): Reply {
  return textReply(['This is out of date. Use /images help to see what there is.']);
}
