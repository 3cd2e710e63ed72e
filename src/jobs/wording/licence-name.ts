const CREATIVE_COMMONS = /creativecommons\.org\/(licenses|publicdomain)\/([a-z+-]+)(?:\/(\d(?:\.\d)?))?/i;

/**
 * The short name of a Creative Commons licence by its address, e.g. `CC BY-SA 4.0`; null for any other
 * address. The retired public domain dedication also has an address under `licenses/`,
 * `licenses/publicdomain/`.
 * @see https://creativecommons.org/retiredlicenses/
 */
export function licenceNameIn(url: string | null): string | null {
  const [, kind, name, version] = CREATIVE_COMMONS.exec(url ?? '')?.map((part) => part?.toLowerCase()) ?? [];
  if (name === undefined) return null;
  if (kind === 'publicdomain') return name === 'zero' ? 'CC0' : 'Public domain';
  if (name === 'publicdomain') return 'Public domain';
  return ['CC', name.toUpperCase(), version].filter((part) => part !== undefined).join(' ');
}
