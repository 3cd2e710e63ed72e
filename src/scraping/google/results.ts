import type { Candidate } from '../../jobs/candidate.js';
import { type ImageLink, readImageLink } from './image-link.js';
import type { GoogleFacts, Tile } from './google-facts.js';
import { siteName } from '../site-name.js';
import { readRecord, recordsInScript, type ResultRecord } from './records.js';

/** A result of a page; the search adds its rank. */
export type GoogleResult = Omit<Candidate, 'rank' | 'engine'>;

/**
 * All results of a page, each document once, in the order of the page: tiles give the order, and records
 * without a tile follow the record before them. A result without a known image has `imageUrl` null.
 */
export function googleResults(facts: GoogleFacts): GoogleResult[] {
  const records = uniqueRecords(facts);
  const tiles = new Map(facts.tiles.map((tile) => [tile.docId, tile]));
  const links = new Map(
    facts.imageLinks.map(readImageLink).flatMap((link) => (link ? [[link.docId, link]] : [])),
  );
  return orderOf([...tiles.keys()], [...records.keys()]).map((docId) =>
    newResult(docId, records.get(docId), tiles.get(docId), links.get(docId)),
  );
}

function uniqueRecords(facts: GoogleFacts): Map<string, ResultRecord> {
  const elsewhere = new Set(facts.elsewhere);
  const records = new Map<string, ResultRecord>();
  for (const value of [...facts.records, ...facts.scripts.flatMap(recordsInScript)]) {
    const record = readRecord(value);
    if (record !== null && !elsewhere.has(record.docId) && !records.has(record.docId))
      records.set(record.docId, record);
  }
  return records;
}

/** Merges two orders: the first one decides, and entries of the second one alone follow their predecessor. */
function orderOf(tiles: readonly string[], records: readonly string[]): string[] {
  const isTile = new Set(tiles);
  const followers = new Map<string | null, string[]>();
  let before: string | null = null;
  for (const docId of records) {
    if (isTile.has(docId)) {
      before = docId;
      continue;
    }
    const after = followers.get(before) ?? [];
    after.push(docId);
    followers.set(before, after);
  }
  return [
    ...(followers.get(null) ?? []),
    ...tiles.flatMap((docId) => [docId, ...(followers.get(docId) ?? [])]),
  ];
}

function newResult(docId: string, record?: ResultRecord, tile?: Tile, link?: ImageLink): GoogleResult {
  const pageUrl = record?.pageUrl ?? tile?.pageUrl ?? link?.pageUrl ?? null;
  return {
    sourceId: docId,
    imageUrl: record?.imageUrl ?? link?.imageUrl ?? null,
    ...foundBy(record, link),
    previewUrl: record?.previewUrl ?? tile?.previewUrl ?? null,
    pageUrl,
    title: record?.title ?? tile?.title ?? null,
    site: record?.site ?? siteName(pageUrl),
    claimed: record?.claimed ?? link?.claimed ?? null,
    licence: record?.licence ?? null,
  };
}

function foundBy(record?: ResultRecord, link?: ImageLink): Pick<GoogleResult, 'foundBy'> {
  if (typeof record?.imageUrl === 'string') return { foundBy: 'record' };
  return link === undefined ? {} : { foundBy: 'link' };
}
