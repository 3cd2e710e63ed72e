import type { ParameterObject, ResponseObject } from './open-api-types.js';
import { schemaRef } from './api-schemas.js';

/** The job in an address. */
export const ID: ParameterObject = {
  name: 'id',
  in: 'path',
  required: true,
  schema: { type: 'string' },
  description: 'The job’s `id`.',
};

/** A response with the job. */
export const jobAnswer = (description: string): ResponseObject => ({
  description,
  content: { 'application/json': { schema: schemaRef('Job') } },
});

/** A response with problem details. */
export const problemAnswer = (description: string): ResponseObject => ({
  description,
  content: { 'application/problem+json': { schema: schemaRef('Problem') } },
});

/** Responses for a job that is not there. */
export const NO_JOB = {
  '404': problemAnswer('There is no such job.'),
  '410': problemAnswer('«Link has expired»: the job was there and has been deleted.'),
};

/** Responses while records cannot be reached. */
export const UNAVAILABLE = { '503': problemAnswer('The records cannot be reached; see `Retry-After`.') };
