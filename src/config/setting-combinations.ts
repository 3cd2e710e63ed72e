import { missingKeys } from './engine-settings.js';
import { SETTINGS, type Settings } from './settings.js';

type Key = keyof Settings;

/**
 * Finds settings that are valid alone but not together.
 * @returns one line for each problem
 */
export function problemsTogether(settings: Settings): string[] {
  return [...dividedRoles(settings), ...jobBelowSearch(settings), ...missingKeys(settings)];
}

function dividedRoles({ roles, store, queue, archives }: Settings): string[] {
  const isWhole = roles.includes('web') && roles.includes('worker');
  const tied = [
    store === 'sqlite' ? 'STORE=sqlite' : null,
    queue === 'embedded' ? 'QUEUE=embedded' : null,
    archives === 'disk' ? 'ARCHIVES=disk' : null,
  ].filter((one) => one !== null);
  if (isWhole || tied.length === 0) return [];
  return [`ROLES: "${roles.join(',')}" needs web and worker in one process, because of ${tied.join(', ')}.`];
}

function jobBelowSearch({ maxImages, maxJobImages }: Settings): string[] {
  if (maxJobImages === null || maxJobImages >= maxImages) return [];
  return [
    `MAX_JOB_IMAGES: ${maxJobImages} is less than MAX_IMAGES, ${maxImages}. Raise it, or lower MAX_IMAGES.`,
  ];
}

interface Switch {
  readonly isOn: (settings: Settings) => boolean;
  /** The assignment that turns it on, as an operator would write it. */
  readonly by: string;
  readonly settings: readonly Key[];
}

/** Settings without effect unless another one turns their feature on. */
const SWITCHES: readonly Switch[] = [
  {
    isOn: ({ store }) => store === 'cassandra',
    by: 'STORE=cassandra',
    settings: [
      'cassandraContactPoints',
      'cassandraDatacenter',
      'cassandraKeyspace',
      'cassandraReplication',
      'cassandraUsername',
      'cassandraPassword',
      'cassandraTls',
      'cassandraTlsCa',
    ],
  },
  {
    isOn: ({ slackBotToken }) => slackBotToken !== null,
    by: 'SLACK_BOT_TOKEN',
    settings: ['slackSigningSecret', 'slackAppToken', 'slackApiUrl'],
  },
  {
    isOn: ({ discordToken }) => discordToken !== null,
    by: 'DISCORD_TOKEN',
    settings: ['discordAppId', 'discordApiUrl', 'discordGuildId'],
  },
  {
    isOn: ({ canaryIntervalMs }) => canaryIntervalMs !== null,
    by: 'CANARY_INTERVAL',
    settings: ['canaryQuery'],
  },
  { isOn: ({ cassandraTls }) => cassandraTls, by: 'CASSANDRA_TLS=true', settings: ['cassandraTlsCa'] },
];

/**
 * Names for each setting without effect the one it needs.
 * @param isSet whether the operator has given a variable a value
 */
export function idleSettings(settings: Settings, isSet: (name: string) => boolean): string[] {
  const lacking = new Map<string, string>();
  for (const { isOn, by, settings: keys } of SWITCHES) {
    if (isOn(settings)) continue;
    for (const { name } of keys.map((key) => SETTINGS[key]))
      if (isSet(name) && !lacking.has(name)) lacking.set(name, by);
  }
  return [...lacking].map(([name, by]) => `${name} has no effect without ${by}.`);
}
