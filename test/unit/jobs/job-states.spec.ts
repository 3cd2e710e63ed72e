import { AppError } from '../../../src/jobs/app-error.js';
import { assertTransition, isFinal, isLegalTransition, JOB_STATES } from '../../../src/jobs/job-states.js';

const LEGAL = [
  'scheduled→running',
  'scheduled→cancelled',
  'scheduled→failed',
  'running→running',
  'running→scheduled',
  'running→ready',
  'running→failed',
  'running→cancelled',
  'ready→ready',
];

describe('the states of a job', () => {
  const pairs = JOB_STATES.flatMap((from) => JOB_STATES.map((to) => [from, to] as const));

  it.each(pairs)('%s → %s is legal only if the table says so, else it throws', (from, to) => {
    const expected = LEGAL.includes(`${from}→${to}`);
    expect(isLegalTransition(from, to)).toBe(expected);
    const attempt = (): void => assertTransition(from, to);
    if (expected) expect(attempt).not.toThrow();
    else expect(attempt).toThrow(new AppError('job.illegal_transition'));
  });

  it('are final if nothing follows but an extension', () => {
    expect(JOB_STATES.filter(isFinal)).toEqual(['ready', 'failed', 'cancelled']);
  });
});
