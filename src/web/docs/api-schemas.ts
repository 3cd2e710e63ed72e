import type { SchemaObject, ReferenceObject } from './open-api-types.js';
import { JOB_STATES, STAGES } from '../../jobs/job-states.js';
import { FIELD_NAMES, FILTER_FIELDS, OUTPUT_FIELDS } from '../../jobs/request/request-fields.js';
import { fieldSchemas } from './field-schemas.js';

type Schema = SchemaObject | ReferenceObject;

/** Refers to a schema by name. */
export const schemaRef = (name: keyof ReturnType<typeof apiSchemas>): ReferenceObject => ({
  $ref: `#/components/schemas/${name}`,
});

const text = (description: string, more: Partial<SchemaObject> = {}): SchemaObject => ({
  type: 'string',
  description,
  ...more,
});
const whole = (description: string): SchemaObject => ({ type: 'integer', description });
/** @param optional names of properties that may be absent */
const record = (
  properties: Readonly<Record<string, Schema>>,
  optional: readonly string[] = [],
): SchemaObject => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
});
const instant = (description: string): SchemaObject => text(description, { format: 'date-time' });

/** Schemas of the JSON API's requests and responses. @param maxImages most images a job may ask for */
export function apiSchemas(maxImages: number) {
  return {
    NewJob: newJob(maxImages),
    Job: job(maxImages),
    Problem: problem(),
  };
}

function newJob(maxImages: number): SchemaObject {
  const schema = record(fieldSchemas(FIELD_NAMES, maxImages), FIELD_NAMES);
  const anyOf = [{ required: ['query', 'count'] }, { required: ['queries'] }];
  return { ...schema, anyOf, additionalProperties: false };
}

function job(maxImages: number): SchemaObject {
  const download = record({
    url: text('The zip.'),
    bytes: whole('Its size.'),
    sha256: text('Its digest.'),
    expiresAt: instant('When it and all records are deleted.'),
  });
  const properties = {
    id: text('Knowing it is the right to see and control the job.'),
    state: text('Where the job stands.', { enum: [...JOB_STATES] }),
    stage: text('What a running job is doing, else null.', { enum: [...STAGES], nullable: true }),
    query: text('As asked; the first of several.'),
    count: whole('As asked, of all searches together.'),
    queries: queryReports(),
    dueAt: instant('When it starts, in UTC.'),
    startedAt: text('When it began, in UTC; null before.', { format: 'date-time', nullable: true }),
    timeZone: text('As asked.'),
    filters: {
      ...record(fieldSchemas(FILTER_FIELDS, maxImages), FILTER_FIELDS),
      description: 'As asked; what was left out is absent.',
    },
    output: {
      ...record(fieldSchemas(OUTPUT_FIELDS, maxImages), OUTPUT_FIELDS),
      description: 'How the images are put into the zip, as asked; absent: as downloaded.',
    },
    progress: record({ ...counts(), bytes: whole('Size of the kept images.') }),
    engines: engineReports(),
    delivered: whole('Images in the zip.'),
    shortfall: shortfall(),
    cause: { ...cause(), nullable: true },
    download: { ...download, nullable: true },
    links: links(),
    deleted: { type: 'boolean', description: 'True, only in the answer to its deletion.' } as const,
    message: text('What to say of the deletion, only in that answer.'),
  };
  return record(properties, ['queries', 'output', 'deleted', 'message']);
}

function queryReports(): SchemaObject {
  const properties = {
    query: text('What was searched, with the words before and behind it.'),
    name: text('Its name in folders, captions and lists.'),
    count: whole('As asked.'),
    ...counts(),
    engines: engineReports(),
    delivered: whole('Its images in the zip.'),
    shortfall: shortfall(),
  };
  const description = 'Each of several searches with its results; absent: `query` is the only one.';
  return { type: 'array', description, items: record(properties) };
}

function counts() {
  return {
    found: whole('Results found so far.'),
    kept: whole('Images kept so far.'),
    rejected: {
      type: 'object',
      additionalProperties: { type: 'integer' },
      description: 'Counts by reason.',
    },
  } as const satisfies Record<string, SchemaObject>;
}

function shortfall(): SchemaObject {
  const items = record({ reason: text('Stable code.'), count: whole('How many.') });
  return { type: 'array', description: 'Why there are fewer than asked.', items };
}

function cause(): SchemaObject {
  const properties = {
    code: text('Stable code.'),
    message: text('In plain words.'),
    askAgainAt: instant('From when the search engines can be asked again; absent: waiting does not help.'),
  };
  return record(properties, ['askAgainAt']);
}

function links(): SchemaObject {
  const retryLater = text('POST here for the same again at `cause.askAgainAt`; absent: not possible.');
  const properties = {
    self: text('The job.'),
    cancel: text('POST here.'),
    retry: text('POST here.'),
    retryLater,
    missing: text(
      'POST here for only the images that are missing; absent: none is, or the job is not ready.',
    ),
    next: text('POST here for as many images again, none of them again; absent: the job is not ready.'),
  };
  return record(properties, ['retryLater', 'missing', 'next']);
}

function engineReports(): SchemaObject {
  return {
    type: 'array',
    description: 'What each engine that was asked gave, and why it gave no more.',
    items: engineReport(),
  };
}

function engineReport(): SchemaObject {
  const properties = {
    engine: text('Its name.'),
    found: whole('Its results.'),
    kept: whole('Its images that were kept.'),
    leftOut: whole('Its images that were rejected; the other results were not tried. Absent: not known.'),
    end: text('Stable code, `exhausted` where it had no more, null where it was not at its end.', {
      nullable: true,
    }),
    restsUntil: instant('Until when it is left alone; absent: it may be asked at once.'),
    message: text('The same in plain words.'),
  };
  return record(properties, ['leftOut', 'restsUntil']);
}

function problem(): SchemaObject {
  const error = record({
    field: text('The field.'),
    code: text('Stable code.', { example: 'count.too_large' }),
    message: text('In plain words, with what to do.'),
  });
  const properties = {
    type: text('Always `about:blank`.'),
    title: text('What is wrong.'),
    status: whole('The HTTP status.'),
    detail: text('What to do.'),
    code: text('Stable code.', { example: 'request.invalid' }),
    retryAt: instant('From when it is worth trying again; absent: not known.'),
    errors: { type: 'array', items: error, description: 'What is wrong with which field.' } as const,
  };
  return record(properties, ['retryAt', 'errors']);
}
