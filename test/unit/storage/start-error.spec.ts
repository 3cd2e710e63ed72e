import { AppError } from '../../../src/jobs/app-error.js';
import { mistakeOf, startError } from '../../../src/storage/cassandra/start-error.js';

/** The driver's error when every node that it asked had failed. */
const allNodes = (...said: object[]): object => ({
  name: 'NoHostAvailableError',
  message: 'All host(s) tried for query failed.\n  at somewhere',
  innerErrors: Object.fromEntries(said.map((one, i) => [`10.0.0.${i}:9042`, one])),
});

describe('a failure to start on Cassandra', () => {
  it.each([
    ['credentials', { name: 'AuthenticationError', message: 'Provided username or password are incorrect' }],
    ['datacenter', { name: 'ArgumentError', message: "localDataCenter was configured as 'x'" }],
    ['certificate', { name: 'Error', code: 'DEPTH_ZERO_SELF_SIGNED_CERT', message: 'self-signed' }],
    ['certificate', { name: 'Error', code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', message: 'unable' }],
    ['no_tls', { name: 'Error', code: 'ERR_SSL_WRONG_VERSION_NUMBER', message: 'wrong version number' }],
    ['rights', { name: 'ResponseError', code: 0x2100, message: 'User x has no CREATE permission' }],
    ['replication', { name: 'ResponseError', code: 0x2300, message: 'Unrecognized strategy option' }],
    ['settings', { name: 'TypeError', message: 'not usable' }],
  ])('is the mistake "%s", alone or from a node', (mistake, error) => {
    for (const thrown of [error, allNodes(error), allNodes({ name: 'Error', message: 'away' }, error)]) {
      const failure = startError(thrown);
      expect(failure.code).toBe('storage.unavailable');
      expect(mistakeOf(failure)).toBe(mistake);
      expect(failure.context).toMatchObject({ said: error.message });
    }
  });

  it.each([
    { name: 'Error', code: 'ECONNREFUSED', message: 'connect ECONNREFUSED' },
    { name: 'ResponseError', code: 0x1000, message: 'Cannot achieve consistency level' },
    { name: 'ResponseError', code: 0x2200, message: 'unconfigured table' },
    { name: 'AuthenticationError', message: 'Unable to perform authentication: Cannot achieve consistency' },
  ])('may be temporary: $message', (error) => {
    expect(mistakeOf(startError(error))).toBeNull();
    expect(startError(allNodes(error)).context).toMatchObject({ said: error.message });
  });

  it('keeps its known cause', () => {
    const known = new AppError('storage.unavailable', { mistake: 'ca_file', said: 'no such file' });
    expect(startError(known)).toBe(known);
    const unsaid = new AppError('storage.unavailable', { said: 'the nodes do not agree' });
    expect(startError(unsaid).context).toMatchObject({ said: 'the nodes do not agree' });
  });
});
