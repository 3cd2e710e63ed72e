import { Temporal } from 'temporal-polyfill';
import type { EngineName } from '../engines/engines.js';
import type { Instant } from '../jobs/clock.port.js';
import type { RequestQuery } from '../jobs/job.js';
import type { Filters } from '../jobs/request/filters.js';
import type { Output } from '../jobs/request/output.js';
import {
  choicesOf,
  type FieldName,
  type FieldOf,
  FILTER_FIELDS,
  OUTPUT_FIELDS,
  REQUEST_FIELDS,
} from '../jobs/request/request-fields.js';
import { IsChoice, IsFlag, IsNamePattern, IsRead, IsSiteList, IsWholeNumber } from './field-rules.js';
import type { RawFields } from './problem.js';
import { readChoice } from './read-choice.js';
import { readCount } from './read-count.js';
import { readEmail } from './read-email.js';
import { readFlag } from './read-flag.js';
import { readEngines, readSites } from './read-lists.js';
import { readNamePattern } from './read-name-pattern.js';
import { readPhrase } from './read-phrase.js';
import { readExactSize } from './read-exact-size.js';
import { readNumber } from './read-number.js';
import { isBlankList, readQueries } from './queries/read-queries.js';
import { readQuery } from './read-query.js';
import { asText, ownField, read, type Reading, refuse, Refused } from './reading.js';
import { type Due, readDue } from './times/read-due.js';
import { readWhen } from './times/read-when.js';
import { readTimeZone } from './times/time-zones.js';
import { readDate, readTime } from './times/wall-time.js';

/** Settings and the moment that requests are measured against. */
export interface RequestRules {
  readonly now: Instant;
  /** Most images of one search. */
  readonly maxImages: number;
  /** Most images of all searches of a job together. */
  readonly maxJobImages: number;
  /** How far ahead a job may be scheduled, in milliseconds. */
  readonly maxAheadMs: number;
  /** The engines of this installation, in the operator's order. */
  readonly engines: readonly EngineName[];
}

/** Reads raw fields. */
class FieldReader {
  constructor(
    protected readonly raw: RawFields,
    protected readonly rules: RequestRules,
  ) {}

  /** @returns the value, or the reason why it cannot be read */
  protected read<T>(name: FieldName, reader: (raw: unknown) => Reading<T>): T | Refused {
    const reading = reader(ownField(this.raw, name));
    return reading.ok ? reading.value : reading;
  }

  protected choice(name: FieldOf<'choice'>): string | null | Refused {
    return this.read(name, (raw) => readChoice(raw, choicesOf(name)));
  }

  protected number(name: FieldOf<'number'>): number | null | Refused {
    return this.read(name, (raw) => readNumber(raw, REQUEST_FIELDS[name].unit));
  }
}

/**
 * A request whose fields are read once, with the rules for each field by itself; null, '' and [] stand for
 * blank.
 */
export class CheckedRequest extends FieldReader implements Record<FieldName, unknown> {
  @IsRead() readonly prefix = this.read('prefix', (raw) => this.readAround(raw));
  @IsRead() readonly suffix = this.read('suffix', (raw) => this.readAround(raw));
  /** Null: there is no list. */
  @IsRead() readonly queries = this.read('queries', (raw) => this.readList(raw));
  /** Null: there is a list instead. */
  @IsRead() readonly query = this.read('query', (raw) => this.readOnly(raw));
  @IsRead() readonly date = this.read('date', (raw) => readDate(raw, isoDate(this.rules.now)));
  @IsRead() readonly time = this.read('time', readTime);
  @IsRead() readonly timeZone = this.read('timeZone', readTimeZone);
  /** Null: every search of the list has a number of its own, or reports this problem itself. */
  @IsRead() readonly count = this.queries === null ? this.readOwnCount() : null;
  @IsRead() readonly email = this.read('email', readEmail);

  @IsChoice('size') readonly size = this.choice('size');
  @IsWholeNumber('minWidth') readonly minWidth = this.number('minWidth');
  @IsWholeNumber('minHeight') readonly minHeight = this.number('minHeight');
  @IsChoice('color') readonly color = this.choice('color');
  @IsChoice('type') readonly type = this.choice('type');
  @IsChoice('aspect') readonly aspect = this.choice('aspect');
  @IsChoice('licence') readonly licence = this.choice('licence');
  @IsChoice('age') readonly age = this.choice('age');
  @IsChoice('safe') readonly safe = this.choice('safe');
  @IsChoice('fileType') readonly fileType = this.choice('fileType');
  @IsRead() readonly exactSize = this.read('exactSize', readExactSize);
  @IsSiteList() readonly sites = this.read('sites', readSites);
  @IsSiteList() readonly withoutSites = this.read('withoutSites', readSites);
  @IsRead() readonly engines = this.read('engines', (raw) => readEngines(raw, this.rules.engines));

  @IsChoice('convert') readonly convert = this.choice('convert');
  @IsWholeNumber('longestSide') readonly longestSide = this.number('longestSide');
  @IsFlag() readonly stripMetadata = this.read('stripMetadata', readFlag);
  @IsFlag() readonly allowThumbnails = this.read('allowThumbnails', readFlag);
  @IsNamePattern() readonly namePattern = this.read('namePattern', readNamePattern);
  @IsChoice('layout') readonly layout = this.choice('layout');
  @IsWholeNumber('validation') readonly validation = this.number('validation');
  @IsWholeNumber('seed') readonly seed = this.number('seed');

  /** The start, from words or from date and time; null if date, time or zone cannot be read. */
  readonly start: Due | null = this.readStart();

  /** The filters that were set. @param wrong names of fields to leave out */
  filters(wrong: ReadonlySet<string>): Filters {
    const names = FILTER_FIELDS.filter((name) => name !== 'engines' && !wrong.has(name));
    const filters = this.given(names).flatMap(([name, value]) =>
      name === 'exactSize' ? Object.entries(Object(value)) : [[name, value] as const],
    );
    // The rules let only values of these types pass.
    return Object.fromEntries(filters) as Filters;
  }

  /** The options of the zip that were set. @param wrong names of fields to leave out */
  output(wrong: ReadonlySet<string>): Output {
    const names = OUTPUT_FIELDS.filter((name) => !wrong.has(name));
    const options = this.given(names).map(
      ([name, value]) => [name === 'longestSide' ? 'longestSidePx' : name, value] as const,
    );
    // The rules let only values of these types pass.
    return Object.fromEntries(options) as Output;
  }

  /** In the order of the properties above: the id of a request that is sent again depends on that order. */
  private given(names: readonly string[]): [name: string, value: unknown][] {
    return Object.entries(this).filter(([name, value]) => names.includes(name) && isGiven(value));
  }

  /** Reads words around each search of a list; without a list they would be lost. */
  private readAround(raw: unknown): Reading<string> {
    const phrase = readPhrase(raw);
    if (!phrase.ok || phrase.value === '' || !isBlankList(ownField(this.raw, 'queries'))) return phrase;
    return refuse('phrase.without_list');
  }

  private readList(raw: unknown): Reading<readonly RequestQuery[] | null> {
    const { maxImages, maxJobImages } = this.rules;
    const [prefix, suffix] = [textOr(this.prefix), textOr(this.suffix)];
    return readQueries(raw, { count: this.readOwnCount(), prefix, suffix, maxImages, maxJobImages });
  }

  /** Reads the only query; beside a list it must be blank. */
  private readOnly(raw: unknown): Reading<string | null> {
    if (this.queries === null) return readQuery(raw);
    return asText(raw) === '' ? read(null) : refuse('queries.beside_query');
  }

  private readOwnCount(): number | Refused {
    return this.read('count', (raw) => readCount(raw, this.rules.maxImages));
  }

  private readStart(): Due | null {
    const { date, time, timeZone } = this;
    if (date instanceof Refused || time instanceof Refused || timeZone instanceof Refused) return null;
    const { now, maxAheadMs } = this.rules;
    const inWords = readWhen(ownField(this.raw, 'when'), timeZone, now, maxAheadMs);
    return inWords ?? readDue({ date, time, timeZone }, now, maxAheadMs);
  }
}

function isoDate(at: Instant): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toString().slice(0, 10);
}

function textOr(text: string | Refused): string {
  return text instanceof Refused ? '' : text;
}

function isGiven(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== null && value !== false;
}
