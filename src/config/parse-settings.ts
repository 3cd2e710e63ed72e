import { nearestName } from './nearest-name.js';
import { idleSettings, problemsTogether } from './setting-combinations.js';
import type { Setting } from './setting.js';
import { SETTINGS, type Settings } from './settings.js';

/** Every problem of a configuration at once, one line each, with what to do. */
export class ConfigurationError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(['The settings cannot be used:', ...problems.map((problem) => `  - ${problem}`)].join('\n'));
    this.name = 'ConfigurationError';
  }
}

/** Names and texts of environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Turns environment variables into Settings.
 * @param environment the variables; an empty text counts as absent
 * @returns the settings, and warnings about names that look like ours but are not, and values without effect
 * @throws ConfigurationError with all problems together
 */
export function parseSettings(environment: Environment): { settings: Settings; warnings: string[] } {
  const problems: string[] = [];
  const entries = Object.entries(SETTINGS).map(([key, setting]) => [
    key,
    parseOne(setting as Setting<unknown>, environment, problems),
  ]);
  if (problems.length > 0) throw new ConfigurationError(problems);
  const settings = Object.fromEntries(entries) as Settings;
  const together = problemsTogether(settings);
  if (together.length > 0) throw new ConfigurationError(together);
  const isSet = (name: string): boolean => givenValue(environment, name) !== null;
  const warnings = [...warningsAbout(environment), ...idleProxies(isSet), ...idleSettings(settings, isSet)];
  return { settings, warnings };
}

/** The variables other programs read their proxy from, in curl's spelling and in capitals. */
const PROXY_VARIABLES = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy'];

/** The message leaves the value out: it may hold a password. */
function idleProxies(isSet: (name: string) => boolean): string[] {
  return PROXY_VARIABLES.filter(isSet).map(
    (name) => `${name} has no effect: Image Job reaches everything directly.`,
  );
}

function parseOne(setting: Setting<unknown>, environment: Environment, problems: string[]): unknown {
  const raw = givenValue(environment, setting.name) ?? setting.fallback;
  if (raw === null) return null;
  const parsed = setting.kind.parse(raw);
  if (parsed.ok) return parsed.value;
  const shown = setting.isSecret === true ? 'its value' : `"${raw}"`;
  problems.push(`${setting.name}: ${shown} ${parsed.problem}.`);
  return null;
}

/** An empty text counts as absent. */
function givenValue(environment: Environment, name: string): string | null {
  return environment[name]?.trim() || null;
}

function warningsAbout(environment: Environment): string[] {
  const known = Object.values(SETTINGS).map((setting) => setting.name);
  return Object.keys(environment)
    .filter((name) => !known.includes(name))
    .flatMap((name) => {
      const meant = nearestName(name, known);
      return meant === null ? [] : [`${name} is not a setting; did you mean ${meant}?`];
    });
}
