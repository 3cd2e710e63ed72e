import { contactPoints, keyspaceName, replication } from '../../../src/config/cassandra-values.js';

describe('settings of Cassandra', () => {
  it.each([
    ['3', [{ datacenter: null, copies: 3 }]],
    ['vienna:3', [{ datacenter: 'vienna', copies: 3 }]],
    [
      'vienna:3, eu-west-1:2',
      [
        { datacenter: 'vienna', copies: 3 },
        { datacenter: 'eu-west-1', copies: 2 },
      ],
    ],
  ])('take the copies "%s"', (text, value) => {
    expect(replication.parse(text)).toEqual({ ok: true, value });
  });

  it.each(['', '0', '10', 'three', 'vienna:', '3,graz:2', "x':3"])('refuse the copies "%s"', (text) => {
    expect(replication.parse(text)).toMatchObject({ ok: false });
  });

  it('take the name of a keyspace in lower case', () => {
    expect(keyspaceName.parse('Image_Job2')).toEqual({ ok: true, value: 'image_job2' });
  });

  it.each(['', '2jobs', 'image-job', 'system', 'SYSTEM_AUTH', 'a; DROP KEYSPACE b', 'x'.repeat(49)])(
    'refuse the name "%s"',
    (text) => {
      expect(keyspaceName.parse(text)).toMatchObject({ ok: false });
    },
  );

  it.each([
    ['node', ['node']],
    ['10.0.0.1:9042, node-2.example.org:65535', ['10.0.0.1:9042', 'node-2.example.org:65535']],
    ['::1,[::1]:9042', ['::1', '[::1]:9042']],
  ])('take the nodes "%s"', (text, value) => {
    expect(contactPoints.parse(text)).toEqual({ ok: true, value });
  });

  it.each(['', ',', 'a b', 'node:', 'node:0', 'node:65536', 'node:x', 'http://node', '[node]:9042', 'a:1:2'])(
    'refuse the nodes "%s"',
    (text) => {
      expect(contactPoints.parse(text)).toMatchObject({ ok: false });
    },
  );
});
