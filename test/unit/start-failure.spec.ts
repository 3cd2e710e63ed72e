import { parseSettings } from '../../src/config/parse-settings.js';
import { AppError } from '../../src/jobs/app-error.js';
import { startFailure } from '../../src/start-failure.js';

const { settings: onDisk } = parseSettings({ DATA_DIR: '/srv/jobs', HOST: '10.0.0.7', PORT: '3000' });
const { settings: onNodes } = parseSettings({
  DATA_DIR: '/srv/jobs',
  STORE: 'cassandra',
  CASSANDRA_CONTACT_POINTS: 'one:9042,two:9042',
  CASSANDRA_KEYSPACE: 'pictures',
});

describe('a process that cannot start', () => {
  it.each([
    ['EADDRINUSE', 'Port 3000 of 10.0.0.7 is in use. Set PORT to another one.'],
    ['EACCES', 'Port 3000 of 10.0.0.7 may not be used by this user. Set PORT to another one.'],
    ['EADDRNOTAVAIL', 'This machine has no address 10.0.0.7. Set HOST to one it has.'],
  ])('names the setting that helps for %s', (code, text) => {
    expect(startFailure(Object.assign(new Error('listen'), { code }), onDisk)).toBe(text);
  });

  it.each([
    ['DATA_DIR /srv/jobs', 'DATA_DIR', onDisk],
    ['CASSANDRA_KEYSPACE pictures', 'CASSANDRA_KEYSPACE', onNodes],
  ])('names the process that already runs the jobs of %s', (place, setting, settings) => {
    const text = startFailure(new AppError('queue.taken', { holder: 'ox:12' }), settings);
    expect(text).toBe(
      `Another Image Job (ox:12) already runs the jobs in ${place}. Stop it, or set ${setting} to another one.`,
    );
  });

  it('names the place of unreachable records', () => {
    const error = new AppError('storage.unavailable', {}, new Error('file is not a database'));
    expect(startFailure(error, onDisk)).toBe(
      'The database of the service could not be reached. (file is not a database) ' +
        'The records are kept in DATA_DIR /srv/jobs.',
    );
    expect(startFailure(new AppError('internal.unexpected'), onNodes)).toContain(
      'The records are kept in CASSANDRA_KEYSPACE pictures at CASSANDRA_CONTACT_POINTS one:9042,two:9042.',
    );
  });

  it.each([
    ['credentials', /asks for a user \(as it said\)\. Set CASSANDRA_USERNAME and CASSANDRA_PASSWORD/],
    ['datacenter', /datacenter1 \(as it said\)\. Set CASSANDRA_DATACENTER/],
    ['certificate', /as it said.*Set CASSANDRA_TLS_CA/],
    ['ca_file', /CASSANDRA_TLS_CA .*not a file/],
    ['no_tls', /one:9042, two:9042 does not speak TLS/],
    ['rights', /keyspace pictures .*as it said/],
    ['replication', /as it said.*Check CASSANDRA_REPLICATION/],
    ['newer_schema', /keyspace pictures .*newer Image Job/],
    ['settings', /as it said/],
    ['', /one:9042, two:9042 could not be used within a minute \(as it said\).*CASSANDRA_CONTACT_POINTS/],
  ])('explains a Cassandra failure in one line: "%s"', (mistake, wording) => {
    const context = { said: 'as it said', ...(mistake === '' ? {} : { mistake }) };
    const text = startFailure(new AppError('storage.unavailable', context), onNodes);
    expect(text).toMatch(wording);
    expect(text).not.toMatch(/\n|DATA_DIR/);
  });

  it('never shows a password', () => {
    const access = { STORE: 'cassandra', CASSANDRA_USERNAME: 'ann', CASSANDRA_PASSWORD: 'hunter2' };
    const error = new AppError('storage.unavailable', { mistake: 'credentials', said: 'no' });
    const text = startFailure(error, parseSettings(access).settings);
    expect(text).toContain('the user ann');
    expect(text).not.toContain('hunter2');
  });

  it('shows the stack of an unexpected error', () => {
    expect(startFailure(new Error('odd'), onDisk)).toContain('could not start: Error: odd\n    at ');
  });
});
