import {
  type Engine,
  type EngineName,
  ENGINE_NAMES,
  ENGINES,
  enginesOfKind,
  type KeyedEngineName,
} from '../engines/engines.js';
import { type Setting, setting } from './setting.js';
import { choices, text, url } from './values.js';

type Engines = Readonly<Record<string, Engine>>;

/** The base address of each engine, by its name in Settings. */
export type EngineUrls = Readonly<Record<`${EngineName}Url`, string>>;

/** The settings of the engines: a base address for each, and a key for those that need one. */
type EngineSettings = {
  readonly [N in EngineName as `${N}Url`]: Setting<string> & { readonly fallback: string };
} & {
  readonly [N in KeyedEngineName as `${N}Key`]: Setting<string> & { readonly fallback: null };
};

/** The setting that says which engines are asked; those that need a key are not among its default. */
export const enginesSetting = setting(
  'ENGINES',
  choices(...ENGINE_NAMES),
  ENGINE_NAMES.filter((name) => ENGINES[name].key === undefined).join(','),
  'engines in the order they are asked',
);

/** The settings of the engines by their names in Settings, e.g. `googleUrl` is `GOOGLE_URL`. */
export const ENGINE_SETTINGS = Object.fromEntries(engineSettings(ENGINES)) as EngineSettings;

/** Declares the settings of some engines. @returns each with its name in Settings */
export function engineSettings(engines: Engines): [string, Setting<string>][] {
  return Object.entries(engines).flatMap(([name, { label, baseUrl, key }]) => {
    const prefix = name.toUpperCase();
    const base = setting(`${prefix}_URL`, url(['http', 'https']), baseUrl, `base address of ${label}`);
    const entries: [string, Setting<string>][] = [[`${name}Url`, base]];
    if (key !== undefined)
      entries.push([`${name}Key`, setting(`${prefix}_KEY`, text, null, key, { isSecret: true })]);
    return entries;
  });
}

/** Finds the engines that are to be asked and lack their key. @returns one problem for each */
export function missingKeys(
  settings: Readonly<Record<string, unknown>> & { readonly engines: readonly string[] },
  engines: Engines = ENGINES,
): string[] {
  return settings.engines
    .filter((name) => engines[name]?.key !== undefined && settings[`${name}Key`] === null)
    .map((name) => `ENGINES: "${name}" needs ${name.toUpperCase()}_KEY.`);
}

/** The base addresses of all engines of a kind. */
export function engineUrls(settings: EngineUrls, kind: Engine['kind']): string[] {
  return enginesOfKind(kind).map((name) => settings[`${name}Url`]);
}
