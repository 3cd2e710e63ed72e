/** Runs a replica until SIGTERM, SIGINT or the end of its standard input; prints its addresses as one JSON line. */
import { parseArgs } from 'node:util';
import type { ReplicaOptions } from './options.ts';
import { startReplica } from './replica.ts';
import { isScenario } from './scenarios.ts';
import { isWebName } from './web/behaviours.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    scenario: { type: 'string', default: 'usual' },
    web: { type: 'string', default: 'mixed' },
    ceiling: { type: 'string', default: '400' },
    hosts: { type: 'string', default: '8' },
    'cache-dir': { type: 'string' },
    /** Keeps running when standard input ends. */
    detached: { type: 'boolean', default: false },
  },
});

if (!isScenario(values.scenario)) throw new Error(`--scenario: there is no ${values.scenario}`);
if (!isWebName(values.web)) throw new Error(`--web: there is no ${values.web}`);

const options: ReplicaOptions = {
  port: Number(values.port),
  seed: Number(values.seed),
  ceiling: Number(values.ceiling),
  hosts: Number(values.hosts),
  scenarios: { google: values.scenario },
  web: values.web,
  cacheDir: values['cache-dir'] ?? null,
};
const replica = await startReplica(options);

const stop = (): void => {
  process.stdin.destroy();
  void replica.close();
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
if (!values.detached) process.stdin.once('end', stop).resume();

// Last: the reader of the line may end the program at once.
process.stdout.write(`${JSON.stringify({ ...replica, requests: undefined })}\n`);
