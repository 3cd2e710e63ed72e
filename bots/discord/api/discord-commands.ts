import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType as OptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import { MAX_EMAIL_LENGTH, MAX_QUERY_LENGTH } from '../../../src/jobs/request/main-fields.js';
import type { FilterOption } from '../form/discord-filters.js';
import { DISCORD_COMMAND } from '../discord-names.js';

/** The parts of the commands that depend on the installation. */
export interface CommandOptions {
  readonly maxImages: number;
  readonly filters: readonly FilterOption[];
}

/**
 * The definition of the slash command, for servers and for people, in servers, direct messages and groups.
 * @see https://discord.com/developers/docs/interactions/application-commands
 */
export function imagesCommand(options: CommandOptions): RESTPostAPIChatInputApplicationCommandsJSONBody {
  return {
    name: DISCORD_COMMAND,
    type: ApplicationCommandType.ChatInput,
    description: 'Collects images and gives you one zip',
    integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
    contexts: [
      InteractionContextType.Guild,
      InteractionContextType.BotDM,
      InteractionContextType.PrivateChannel,
    ],
    options: [
      subcommand('search', 'Collects images for a search, now or later', searchOptions(options)),
      subcommand('form', 'Opens a form for the same', []),
      subcommand('list', 'Shows your open jobs', []),
      subcommand('cancel', 'Cancels a job, wherever it was asked for', [
        {
          type: OptionType.String,
          name: 'job',
          description: 'One of yours, or the address of a job page',
          required: true,
          autocomplete: true,
        },
      ]),
      subcommand('help', 'Says how to use this', []),
    ],
  };
}

function subcommand(
  name: string,
  description: string,
  options: APIApplicationCommandBasicOption[],
): APIApplicationCommandSubcommandOption {
  return { type: OptionType.Subcommand, name, description, options };
}

function searchOptions({ maxImages, filters }: CommandOptions): APIApplicationCommandBasicOption[] {
  return [
    {
      type: OptionType.String,
      name: 'query',
      description: 'What the images should show',
      required: true,
      max_length: MAX_QUERY_LENGTH,
    },
    {
      type: OptionType.Integer,
      name: 'count',
      description: `How many, 1 to ${maxImages}`,
      min_value: 1,
      max_value: maxImages,
    },
    {
      type: OptionType.String,
      name: 'when',
      description: 'E.g. tomorrow 9am, in 2 hours, 2026-12-24 18:00; else now',
      autocomplete: true,
    },
    {
      type: OptionType.String,
      name: 'timezone',
      description: 'Where that time is meant; remembered for the next time',
      autocomplete: true,
    },
    {
      type: OptionType.String,
      name: 'email',
      description: 'Also tell this address',
      max_length: MAX_EMAIL_LENGTH,
    },
    ...filters.map(filterOption),
  ];
}

function filterOption({ name, about, choices }: FilterOption): APIApplicationCommandBasicOption {
  const option = { type: OptionType.String, name, description: about } as const;
  if (choices === null) return option;
  return { ...option, choices: choices.map(([value, words]) => ({ name: words, value })) };
}
