import type { ChatInputCommandInteraction } from 'discord.js';
import type { RawFields } from '../../src/validation/problem.js';
import type { ChatRequests } from '../conversation/chat-requests.js';
import { withServerEmoji } from '../conversation/emoji-names.js';
import { takeFieldWords } from '../conversation/field-words.js';
import { takeWordsOfList } from '../conversation/listed-searches.js';
import type { AskerZone } from './form/asker-zone.js';
import type { DiscordAnswer } from './discord-answers.js';
import type { FilterOption } from './form/discord-filters.js';
import { correctId } from './discord-names.js';
import { askerOf, type Origin } from './discord-origin.js';
import { discordProblemsReply } from './discord-words.js';
import type { RecentRequests } from './form/recent-requests.js';

/** The raw fields of `/images search`; options that were left out are absent. */
export function searchFields(
  { options }: Pick<ChatInputCommandInteraction, 'options'>,
  filters: readonly FilterOption[],
): RawFields {
  const typed = [
    ['query', options.getString('query')],
    ['count', options.getInteger('count')],
    ['when', options.getString('when')],
    ['timeZone', options.getString('timezone')],
    ['email', options.getString('email')],
    ...filters.map(({ field, name }) => [field, options.getString(name)] as const),
  ] as const;
  return Object.fromEntries(typed.filter(([, value]) => value !== null));
}

/**
 * Reads words such as `size:large` in a query, since the form has no options; an option overrides its word.
 */
function withFieldWords(typed: RawFields): RawFields {
  const { query, queries } = typed;
  if (typeof queries === 'string') {
    const { fields, rest } = takeWordsOfList(withServerEmoji(queries));
    return { ...fields, ...typed, queries: rest };
  }
  if (typeof query !== 'string') return typed;
  const { fields, rest } = takeFieldWords(withServerEmoji(query));
  return { ...fields, ...typed, query: rest };
}

/** Takes requests from commands and forms. */
export class DiscordRequests {
  constructor(
    private readonly chatRequests: Pick<ChatRequests, 'check' | 'ask'>,
    private readonly zone: AskerZone,
    private readonly recent: RecentRequests,
  ) {}

  /** Starts or schedules a job. @returns the answer; null: the same submission was answered before */
  async submit(origin: Origin, typed: RawFields): Promise<DiscordAnswer | null> {
    const isZoneNamed = typed['timeZone'] !== undefined;
    const named = withFieldWords(typed);
    const fields = isZoneNamed ? named : { ...named, timeZone: await this.zone.of(origin.user.id) };
    const checked = this.chatRequests.check(fields);
    if (!checked.ok) {
      this.recent.keep(origin.id, origin.user.id, fields);
      return { reply: discordProblemsReply(checked.problems), correctId: correctId(origin.id) };
    }
    if (isZoneNamed) await this.zone.remember(origin.user.id, checked.request.timeZone);
    const reply = await this.chatRequests.ask(askerOf(origin), fields, origin.id);
    return reply === null ? null : { reply, correctId: null };
  }
}
