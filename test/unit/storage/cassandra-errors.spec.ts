import { AppError } from '../../../src/jobs/app-error.js';
import { cassandraError, readError } from '../../../src/storage/cassandra/cassandra-errors.js';

describe('errors of Cassandra', () => {
  const named = (name: string, fields: object = {}): Error =>
    Object.assign(new Error('below'), { name, ...fields });
  const response = (code: number): Error => named('ResponseError', { code });

  it.each([
    ['no reachable node', named('NoHostAvailableError', { innerErrors: {} }), 'storage.unavailable'],
    ['a wrong password', named('AuthenticationError'), 'storage.unavailable'],
    ['a missing right', response(0x2100), 'storage.unavailable'],
    ['a node that is starting', response(0x1002), 'storage.unavailable'],
    ['a node that is overloaded, perhaps after it wrote', response(0x1001), 'storage.outcome_unknown'],
    ['too few nodes', response(0x1000), 'storage.outcome_unknown'],
    ['a write that was not acknowledged', response(0x1100), 'storage.outcome_unknown'],
    ['a read that was not answered', response(0x1200), 'storage.outcome_unknown'],
    ['a write that failed', response(0x1500), 'storage.outcome_unknown'],
    ['a node that never answers', named('OperationTimedOutError'), 'storage.outcome_unknown'],
    ['a connection that was cut', named('DriverError'), 'storage.outcome_unknown'],
    ['a mistake in a query', response(0x2200), 'internal.unexpected'],
  ])('have a code for %s', (_, cause, code) => {
    expect(cassandraError(cause)).toMatchObject({ code, cause });
  });

  it('never have an unknown outcome for a read', () => {
    expect(readError(response(0x1200))).toMatchObject({ code: 'storage.unavailable' });
    expect(readError(response(0x2200))).toMatchObject({ code: 'internal.unexpected' });
  });

  it('contain the error of each node', () => {
    const innerErrors = { '10.0.0.1:9042': response(0x1001), '10.0.0.2:9042': 'Host considered as DOWN' };
    const { context } = cassandraError(named('NoHostAvailableError', { innerErrors }));
    expect(context['nodes']).toBe(
      '10.0.0.1:9042 ResponseError 0x1001, 10.0.0.2:9042 Host considered as DOWN',
    );
  });

  it('stay unchanged if they are AppErrors already', () => {
    const known = new AppError('storage.unavailable');
    expect(cassandraError(known)).toBe(known);
  });
});
