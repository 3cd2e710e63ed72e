import type { OperationObject, ParameterObject, PathsObject } from './open-api-types.js';
import { ID, jobAnswer, NO_JOB, problemAnswer, UNAVAILABLE } from './api-answers.js';
import { schemaRef } from './api-schemas.js';
import { pickPaths } from './pick-paths.js';

const IDEMPOTENCY: ParameterObject = {
  name: 'Idempotency-Key',
  in: 'header',
  schema: { type: 'string', maxLength: 255 },
  description: 'The same key with the same request from the same client address gives the same job.',
};

const TOO_MANY = {
  '429': problemAnswer('That is a lot of jobs for now; `Retry-After` says when one more is taken.'),
};

/** Every operation of the JSON API. */
export function apiPaths(): PathsObject {
  return {
    '/jobs': { post: submit() },
    '/jobs/{id}': { get: show() },
    '/jobs/{id}/events': { get: events() },
    '/jobs/{id}/cancel': {
      post: action(
        'cancelJob',
        'Cancel a job',
        'Stops it before or while it runs. No notice leaves after it.',
      ),
    },
    '/jobs/{id}/retry': {
      post: retry(),
    },
    '/jobs/{id}/retry-later': {
      post: retryLater(),
    },
    '/jobs/{id}/extend': {
      post: action('extendJob', 'Keep the link longer', 'Works once, on a job that is ready.'),
    },
    ...pickPaths(),
    '/jobs/{id}/delete': {
      post: action(
        'deleteJob',
        'Delete a job now',
        'Its files and records are deleted; an open job is cancelled first. The answer is the job as it was, without a ' +
          'download.',
      ),
    },
  };
}

function submit(): OperationObject {
  return {
    operationId: 'createJob',
    summary: 'Ask for images',
    parameters: [IDEMPOTENCY],
    requestBody: { required: true, content: { 'application/json': { schema: schemaRef('NewJob') } } },
    responses: {
      '201': jobAnswer('The job; its address is in `Location`.'),
      '400': problemAnswer('The body is no JSON object.'),
      '413': problemAnswer('The body is too large.'),
      '415': problemAnswer('The body is neither JSON nor a form.'),
      '422': problemAnswer('Everything that is wrong with the fields, at once.'),
      ...TOO_MANY,
      ...UNAVAILABLE,
    },
  };
}

function show(): OperationObject {
  return {
    operationId: 'getJob',
    summary: 'Look at a job',
    description: 'Send `Accept: application/json`; a browser gets the job’s page.',
    parameters: [ID],
    responses: { '200': jobAnswer('The job as it is.'), ...NO_JOB, ...UNAVAILABLE },
  };
}

function events(): OperationObject {
  return {
    operationId: 'followJob',
    summary: 'Follow a job live',
    description:
      'Server-sent events: `image` for each image kept, `progress`, and `state` with the whole job. Ends at a ' +
      'final state; `Last-Event-ID` goes on where a stream was broken off. `alive` only says that the stream is.',
    parameters: [
      ID,
      { name: 'Last-Event-ID', in: 'header', schema: { type: 'string' } },
      {
        name: 'brief',
        in: 'query',
        allowEmptyValue: true,
        schema: { type: 'string' },
        description: 'Ends the stream after what has changed so far; its `retry` says when to look again.',
      },
    ],
    responses: {
      '200': { description: 'The stream.', content: { 'text/event-stream': { schema: { type: 'string' } } } },
      '204': { description: 'The end was seen already.' },
      ...NO_JOB,
    },
  };
}

function retry(): OperationObject {
  const operation = action(
    'retryJob',
    'Ask the same again',
    'Answers the new job, which starts now; asked for again, it is the same new job.',
  );
  return { ...operation, responses: { ...operation.responses, ...TOO_MANY } };
}

function retryLater(): OperationObject {
  const operation = action(
    'retryJobLater',
    'Ask the same again later',
    'For a job that failed because the search engines refused: answers a new job that starts when they can be asked ' +
      'again (`cause.askAgainAt`); asked for again, it is the same new job.',
  );
  return { ...operation, responses: { ...operation.responses, ...TOO_MANY } };
}

function action(operationId: string, summary: string, description: string): OperationObject {
  const refused = problemAnswer('Not possible in the state the job is in.');
  return {
    operationId,
    summary,
    description,
    parameters: [ID],
    responses: { '200': jobAnswer('The job.'), '409': refused, ...NO_JOB, ...UNAVAILABLE },
  };
}
