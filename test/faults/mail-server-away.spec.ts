import { createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { FaultWorld } from '../support/service/fault-world.ts';
import { casesOf, IS_LONG } from '../support/service/fault-length.ts';
import {
  askForJob,
  hasEnded,
  type JobFields,
  recordIdOf,
  submitJob,
  untilJob,
} from '../support/service/service-jobs.ts';
import { readRecords } from '../support/service/service-records.ts';
import { until } from '../support/until.ts';

const AWAY_MS = IS_LONG ? 60_000 : 8000;
const FOUND_AGAIN_WITHIN_MS = 10_000;
/** The pump checks for due notices once a second. */
const LOOK_MS = 1000;

describe(`a mail server that is down for ${AWAY_MS / 1000} s`, () => {
  let world: FaultWorld;
  let impostor: Server | null = null;
  const sockets = new Set<Socket>();
  beforeAll(async () => {
    world = await FaultWorld.open();
  }, 180_000);
  afterAll(() => world.close());

  const slotsOf = ({ email }: JobFields) => world.mail.of(email).map(({ slot }) => slot);
  /** Earliest time of the next attempt to send the end notice. */
  const notBefore = (id: string) =>
    readRecords(world.service.dataDir, (records) => records.notices(recordIdOf(id))).find(
      ({ slot }) => slot === 'end',
    )?.notBefore ?? Infinity;
  const portOf = () => Number(new URL(world.mail.url).port);

  /** Starts a misbehaving server at the mail server's address. */
  async function startImpostor(talk: (socket: Socket) => void): Promise<void> {
    impostor = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => null);
      talk(socket);
    });
    impostor.listen(portOf(), '127.0.0.1');
    await once(impostor, 'listening');
  }

  async function stopImpostor(): Promise<void> {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    if (impostor !== null) await new Promise((resolve) => impostor?.close(resolve));
    impostor = null;
  }

  it.each(
    casesOf(
      [
        ['refuses connections', null],
        ['accepts connections and says nothing', () => undefined],
        [
          'stalls during a conversation',
          (socket: Socket) => {
            socket.write('220 here\r\n');
            socket.once('data', () => socket.write('250 fine\r\n'));
          },
        ],
      ] as const,
      1,
    ),
  )(
    'and %s: the job ends anyway and is reported once, within 10 s of the return',
    async (_how, talk) => {
      const { service, mail } = world;
      await mail.close();
      if (talk !== null) await startImpostor(talk);
      const fields = world.newJob(3);
      const wentAwayMs = performance.now();
      const { id } = await submitJob(service, fields);
      expect(await untilJob(service, id, hasEnded)).toMatchObject({ state: 'ready' });
      await new Promise((resolve) => setTimeout(resolve, AWAY_MS - (performance.now() - wentAwayMs)));
      await stopImpostor();
      await mail.open();
      const planned = notBefore(id) - Date.now();
      expect(planned).toBeLessThanOrEqual(FOUND_AGAIN_WITHIN_MS - LOOK_MS);
      await until('the end is told', () => slotsOf(fields).includes('end'));
      // The start notice is outdated by now and must not follow the end notice.
      expect(slotsOf(fields)).toEqual(['end']);
      expect((await askForJob(service, id)).status).toBe(200);
      expect(await (await fetch(`${service.url}/readyz`)).json()).toMatchObject({ status: 'ok' });
    },
    AWAY_MS + 180_000,
  );
});
