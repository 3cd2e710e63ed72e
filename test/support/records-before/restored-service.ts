import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startReplica, type Replica } from '../../replica/replica.ts';
import { Service } from '../service/service.ts';
import { readRecording, recordingFolder, rowsAt, type RecordedStore, type Recording } from './recording.ts';

/** A store that holds the recorded rows. */
export interface RestoredStore {
  /** Settings of a service that uses it. */
  readonly settings: Readonly<Record<string, string>>;
  /** Counts the rows of a job in all tables. */
  rowsOf(id: string): Promise<number>;
  /** Addresses of all images of a job. */
  imageUrls(id: string): Promise<string[]>;
  close(): Promise<void>;
}

/** Puts recorded rows into an empty store. @param dataDir with the recorded files */
export type Restore = (
  dataDir: string,
  recording: Recording,
  rows: Recording['rows'],
) => Promise<RestoredStore>;

/** After every pause that an engine asked for at the time of the recording. */
const LATER_MS = 20 * 60_000;

/** A service of this version on the records of the version before, with the clock of that time. */
export class RestoredService {
  readonly recording: Recording;
  readonly service: Service;
  readonly store: RestoredStore;
  readonly #replica: Replica;

  private constructor(recording: Recording, service: Service, store: RestoredStore, replica: Replica) {
    this.recording = recording;
    this.service = service;
    this.store = store;
    this.#replica = replica;
  }

  /** Restores the recording of a store and starts the service 20 minutes after its kill. */
  static async start(name: RecordedStore, restore: Restore): Promise<RestoredService> {
    const recording = readRecording(name);
    const replica = await startReplica({
      web: 'clean',
      ceiling: 12,
      hosts: 2,
      imageBytes: [1200, 2500],
      latencyMs: [5, 40],
    });
    const service = await Service.prepare({ preloads: ['shifted-clock.mjs'] });
    await mkdir(service.dataDir);
    await cp(join(recordingFolder(name), 'files'), service.dataDir, { recursive: true });
    const store = await restore(service.dataDir, recording, rowsAt(recording, replica.imageOrigins));
    service.settings = {
      ...replica.settings,
      ENGINES: 'google,openverse,commons',
      ...store.settings,
      CLOCK_SHIFT_FILE: join(service.tempDir, 'shift'),
    };
    const restored = new RestoredService(recording, service, store, replica);
    await restored.moveClock(LATER_MS);
    await service.startAgain();
    return restored;
  }

  /** Sets the clock of the service to `afterMs` after the recording. */
  async moveClock(afterMs: number): Promise<void> {
    const shiftMs = this.recording.recordedAt + afterMs - Date.now();
    await writeFile(join(this.service.tempDir, 'shift'), String(shiftMs));
  }

  async close(): Promise<void> {
    await this.service.remove();
    await this.store.close();
    await this.#replica.close();
  }
}
