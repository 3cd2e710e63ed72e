import type { Dice } from '../dice.ts';
import type { EntryLicence } from './entry.ts';

const SITES = [
  'Fernhill Review',
  'The Daily Lantern',
  'Open Meadow',
  'Pixel Orchard',
  'Northgate Museum',
  'Field Notes',
  'Harbour & Pine',
  'Atlas of Small Things',
  'Photo Commons Club',
] as const;

const SHAPES = [
  '{q} in the morning light',
  'The ten best pictures of {q}',
  '{q} – close up',
  'What you never knew about {q}',
  '{q} (photograph {n})',
  'Free {q} pictures to download',
  'A short history of {q} | Part {n}',
] as const;

/** Titles that break careless spreadsheets, pages and file names. */
const AWKWARD = [
  '=HYPERLINK("http://127.0.0.1/","{q}")',
  '<script>alert({n})</script> {q}',
  '"{q}", \'quoted\' & <b>bold</b>',
  '../../{q}/CON.jpg',
  '🌿 {q} – naïve café № {n}',
  '\u202Egpj.{q}\u202C',
  '{q}, 写真 {n}、صورة',
  '+{n} @{q}\tand a tab',
] as const;

const LICENCES: readonly EntryLicence[] = [
  {
    name: 'CC BY-SA 4.0',
    url: 'https://creativecommons.org/licenses/by-sa/4.0/',
    credit: 'Ada Fern | Open Meadow',
  },
  { name: 'CC0 1.0', url: 'https://creativecommons.org/publicdomain/zero/1.0/', credit: 'Northgate Museum' },
  { name: 'CC BY 2.0', url: 'https://creativecommons.org/licenses/by/2.0/', credit: 'B. Lantern' },
];

/** Names a site. */
export function siteOf(dice: Dice): string {
  return dice.pick(SITES);
}

/** Writes a title about `subject`; one in sixteen is awkward. */
export function titleOf(subject: string, dice: Dice): string {
  const shape = dice.next() < 1 / 16 ? dice.pick(AWKWARD) : dice.pick(SHAPES);
  return shape.replaceAll('{q}', subject).replaceAll('{n}', String(dice.integer(2, 99)));
}

/** States a licence for about a quarter of the results. */
export function licenceOf(dice: Dice): EntryLicence | null {
  return dice.next() < 0.26 ? dice.pick(LICENCES) : null;
}

/** The topic words of a query, without those meant for the replica. */
export function subjectOf(query: string): string {
  const words = query.split(/\s+/).filter((word) => word !== '' && !/^[a-z]+:\S/i.test(word));
  return words.join(' ') || 'nothing in particular';
}
