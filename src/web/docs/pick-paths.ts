import type { OperationObject, ParameterObject, PathsObject, SchemaObject } from './open-api-types.js';
import { ID, jobAnswer, NO_JOB, problemAnswer, UNAVAILABLE } from './api-answers.js';

const NUMBER: ParameterObject = {
  name: 'number',
  in: 'path',
  required: true,
  schema: { type: 'integer', minimum: 1 },
  description: 'Its place among the files of `manifest.json`, from 1.',
};
const DOWNLOAD: ParameterObject = {
  name: 'download',
  in: 'query',
  allowEmptyValue: true,
  schema: { type: 'string' },
  description: 'Sends it as a file to keep.',
};
const IMAGES = {
  type: 'array',
  items: { type: 'integer', minimum: 1 },
  description: 'Numbers of images, by their place among the files of `manifest.json`, from 1.',
} as const;
const REFUSED = {
  '409': problemAnswer('The job has no zip yet.'),
  '422': problemAnswer('Nothing is chosen, or something that is not there; `code` begins with `choice.`.'),
};
const ANSWERS = { ...REFUSED, ...NO_JOB, ...UNAVAILABLE };

/** Operations on single images of a job that is ready. Below `/d/{token}` they work for everybody. */
export function pickPaths(): PathsObject {
  return {
    '/jobs/{id}/images/{number}': { get: image() },
    '/jobs/{id}/pick': { post: pick() },
    '/jobs/{id}/choice': { post: choose() },
  };
}

function image(): OperationObject {
  return {
    operationId: 'getImage',
    summary: 'Get one image',
    parameters: [ID, NUMBER, DOWNLOAD],
    responses: {
      '200': { description: 'The image.', content: { 'image/*': { schema: { type: 'string' } } } },
      ...ANSWERS,
    },
  };
}

function pick(): OperationObject {
  const url = { type: 'string', description: 'A zip of only these images; ranges work.' } as const;
  const schema: SchemaObject = { type: 'object', properties: { url }, required: ['url'] };
  return {
    operationId: 'pickImages',
    summary: 'Get a zip of some images',
    description: 'The address works until the job expires. A form is redirected to it.',
    parameters: [ID],
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: { type: 'object', properties: { image: IMAGES }, required: ['image'] },
        },
      },
    },
    responses: {
      '200': { description: 'Where the zip is.', content: { 'application/json': { schema } } },
      ...ANSWERS,
    },
  };
}

function choose(): OperationObject {
  const choice = { type: 'string', description: 'A choice out of the address of a picked zip.' } as const;
  const all = { type: 'boolean', description: 'True: everybody gets every image again.' } as const;
  return {
    operationId: 'chooseImages',
    summary: 'Choose what everybody gets by the link',
    description: 'Give one of the fields. You keep all images.',
    parameters: [ID],
    requestBody: {
      required: true,
      content: {
        'application/json': { schema: { type: 'object', properties: { image: IMAGES, choice, all } } },
      },
    },
    responses: { '200': jobAnswer('The job.'), ...ANSWERS },
  };
}
