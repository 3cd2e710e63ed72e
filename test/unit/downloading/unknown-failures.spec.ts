import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Rejection } from '../../../src/jobs/rejection.js';
import { UnknownFailures } from '../../../src/downloading/attempts/unknown-failures.js';
import { networkErrorOf } from '../../../src/network/network-error.js';
import { JOB_ID } from '../../support/collecting.js';

afterEach(() => {
  jest.restoreAllMocks();
});

function rejection(error: unknown): Rejection {
  return new Rejection('bad_answer', null, null, networkErrorOf(error));
}

it('logs an unknown error with its cause, once a job', () => {
  const logged = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => {});
  const failures = new UnknownFailures(JOB_ID);
  const mistake = new TypeError('odd');
  failures.note(new Rejection('http_status', '404'));
  failures.note(rejection(Object.assign(new Error('x'), { code: 'ECONNRESET' })));
  expect(logged).not.toHaveBeenCalled();
  failures.note(rejection(mistake));
  failures.note(rejection(new RangeError('more')));
  expect(logged.mock.calls).toEqual([
    [{ err: expect.objectContaining({ cause: mistake }), jobId: JOB_ID }, expect.any(String)],
  ]);
});
