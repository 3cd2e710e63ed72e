import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import cassandra, { type Client } from 'cassandra-driver';
import { openCassandra } from '../../src/storage/cassandra/open-cassandra.js';
import type { CassandraSettings } from '../../src/storage/cassandra/profiles.js';
import type { Storage } from '../../src/storage/storage.js';
import { cassandraSettings } from '../contract/stores/cassandra-harness.js';
import { submitted } from '../contract/stores/samples.js';
import { SkewedClock } from '../contract/stores/store-harness.js';
import { type CassandraServer, startCassandra } from '../support/cassandra/cassandra-server.js';

const PASSWORD = 'changeit';
const POLL_MS = 200;

/** A self-signed certificate for 127.0.0.1, in the formats of server and client. */
function makeCertificate(dir: string): { keystore: string; ca: string } {
  const [keystore, ca] = [join(dir, 'node.p12'), join(dir, 'ca.pem')];
  const store = ['-keystore', keystore, '-storetype', 'PKCS12', '-storepass', PASSWORD, '-alias', 'node'];
  const subject = ['-dname', 'CN=test', '-ext', 'san=ip:127.0.0.1'];
  execFileSync('keytool', ['-genkeypair', '-keyalg', 'RSA', '-validity', '2', ...store, ...subject]);
  writeFileSync(ca, execFileSync('keytool', ['-exportcert', '-rfc', ...store]));
  return { keystore, ca };
}

describe('Cassandra with users, permissions and TLS', () => {
  let dir: string;
  let ca: string;
  let server: CassandraServer;
  let admin: Client;
  const opened: Storage[] = [];
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'image-job-tls-'));
    const made = makeCertificate(dir);
    ({ ca } = made);
    const tls = `{enabled: true, optional: false, keystore: ${made.keystore}, keystore_password: ${PASSWORD}, store_type: PKCS12, require_client_auth: false}`;
    server = await startCassandra(1, [
      'authenticator: PasswordAuthenticator',
      'authorizer: CassandraAuthorizer',
      'permissions_validity: 0ms',
      'roles_validity: 0ms',
      'credentials_validity: 0ms',
      `client_encryption_options: ${tls}`,
    ]);
    admin = await loggedIn();
  }, 200_000);
  afterAll(async () => {
    for (const storage of opened) await storage.close();
    await admin.shutdown();
    await server.stop();
    rmSync(dir, { recursive: true });
  }, 60_000);

  /** Waits for the first user, which Cassandra creates shortly after it accepts connections. */
  async function loggedIn(): Promise<Client> {
    for (let left = 200; ; left -= 1) {
      const client = new cassandra.Client({
        contactPoints: [...server.contactPoints],
        localDataCenter: server.datacenter,
        credentials: { username: 'cassandra', password: 'cassandra' },
        sslOptions: { rejectUnauthorized: false },
      });
      try {
        await client.connect();
        return client;
      } catch (error) {
        await client.shutdown();
        if (left === 0) throw error;
      }
      await sleep(POLL_MS);
    }
  }

  async function open(
    keyspace: string,
    user: string,
    more: Partial<CassandraSettings> = {},
  ): Promise<Storage> {
    const access = {
      cassandraUsername: user,
      cassandraPassword: 'secret',
      cassandraTls: true,
      cassandraTlsCa: ca,
      ...more,
    };
    const storage = await openCassandra(cassandraSettings(server, keyspace, access), new SkewedClock(0));
    opened.push(storage);
    return storage;
  }

  const addUser = (name: string): Promise<unknown> =>
    admin.execute(`CREATE ROLE ${name} WITH PASSWORD = 'secret' AND LOGIN = true`);
  const addKeyspace = (name: string): Promise<unknown> =>
    admin.execute(
      `CREATE KEYSPACE ${name} WITH replication = {'class': 'NetworkTopologyStrategy', 'datacenter1': 1}`,
    );

  it('works for a user with all permissions in a keyspace who cannot create one', async () => {
    await addKeyspace('given');
    await addUser('maker');
    await admin.execute('GRANT ALL ON KEYSPACE given TO maker');
    const { jobs } = await open('given', 'maker');
    expect(await submitted(jobs)).toMatchObject({ state: 'scheduled' });
  }, 60_000);

  it('works for a user who may only read and write existing tables', async () => {
    await addUser('writer');
    await admin.execute('GRANT SELECT ON KEYSPACE given TO writer');
    await admin.execute('GRANT MODIFY ON KEYSPACE given TO writer');
    const { jobs } = await open('given', 'writer');
    expect(await submitted(jobs)).toMatchObject({ state: 'scheduled' });
  }, 60_000);

  it('fails at once for missing permissions, a wrong password and an untrusted certificate', async () => {
    await addUser('stranger');
    const startedMs = performance.now();
    const mistake = (name: string): object => ({
      code: 'storage.unavailable',
      context: { mistake: name, said: expect.any(String) },
    });
    await expect(open('nowhere', 'stranger')).rejects.toMatchObject(mistake('rights'));
    const wrong = open('given', 'writer', { cassandraPassword: 'wrong' });
    await expect(wrong).rejects.toMatchObject(mistake('credentials'));
    const unknown = open('given', 'writer', { cassandraTlsCa: null });
    await expect(unknown).rejects.toMatchObject(mistake('certificate'));
    expect(performance.now() - startedMs).toBeLessThan(20_000);
  }, 60_000);
});
