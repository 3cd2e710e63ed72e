import type { LicenceHint } from '../jobs/candidate.js';
import type { Filters } from '../jobs/request/filters.js';

/** The permissions of a stated licence. */
interface LicenceTerms {
  readonly isPublicDomain: boolean;
  readonly mayBeSold: boolean;
  readonly mayBeChanged: boolean;
}

const CREATIVE_COMMONS = /creativecommons\.org\/licenses\/([a-z+-]+)|^\s*cc[ -](by[a-z -]*|sa\b|nc[a-z -]*)/i;
const PUBLIC_DOMAIN =
  /creativecommons\.org\/(?:licenses\/)?publicdomain\b|^\s*(cc0|cc[ -]zero|public domain|pdm\b|pd\b|no (known )?restrictions)/i;

/**
 * Whether a stated licence allows the wanted use.
 * @returns null if the statement names no known licence
 */
export function allows(licence: LicenceHint | null, wanted: NonNullable<Filters['licence']>): boolean | null {
  const terms = termsOf(licence);
  if (terms === null) return null;
  switch (wanted) {
    case 'reuse':
      return true;
    case 'commercial':
      return terms.mayBeSold;
    case 'modification':
      return terms.mayBeChanged;
    case 'commercial_modification':
      return terms.mayBeSold && terms.mayBeChanged;
    case 'public_domain':
      return terms.isPublicDomain;
  }
}

function termsOf(licence: LicenceHint | null): LicenceTerms | null {
  const said = [licence?.url, licence?.name].filter((text) => typeof text === 'string');
  if (said.some((text) => PUBLIC_DOMAIN.test(text)))
    return { isPublicDomain: true, mayBeSold: true, mayBeChanged: true };
  const [, inAddress, inName] = said.map((text) => CREATIVE_COMMONS.exec(text)).find((match) => match) ?? [];
  const conditions = (inAddress ?? inName)?.toLowerCase().split(/[^a-z]+/);
  if (conditions === undefined) return null;
  return {
    isPublicDomain: false,
    mayBeSold: !conditions.includes('nc'),
    mayBeChanged: !conditions.includes('nd'),
  };
}
