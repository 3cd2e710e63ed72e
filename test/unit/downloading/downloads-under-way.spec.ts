import { DownloadsUnderWay } from '../../../src/downloading/attempts/downloads-under-way.js';
import { HostQueue } from '../../../src/downloading/attempts/host-queue.js';
import { imageTask, type DownloadTask } from '../../../src/downloading/attempts/download-task.js';
import { recordOf } from '../../support/collecting.js';

const LIMITS = { doubtAfterMs: 2000, promptBytesPerSecond: 65_536 };

describe('running downloads', () => {
  let queue: HostQueue<DownloadTask>;
  let downloads: DownloadsUnderWay;
  let started: number;
  beforeEach(() => {
    queue = new HostQueue(1000);
    downloads = new DownloadsUnderWay(LIMITS, queue, 32);
    started = 0;
  });

  const start = (atMs: number): DownloadTask => {
    const task = imageTask(recordOf(`http://a.example/${started}`, started));
    if (task === null) throw new Error('an address makes a task');
    started += 1;
    queue.add(task, task.host);
    queue.next(atMs);
    downloads.start(task, atMs);
    return task;
  };
  /** Records `count` downloads of the same duration. */
  const learn = (count: number, tookMs: number): void => {
    for (let index = 0; index < count; index += 1) downloads.succeed(start(0), tookMs);
  };
  /** The number of prompt downloads at a moment, of one that started at 0. */
  const countedOn = (atMs: number): number => {
    downloads.doubtSlowOnes(atMs);
    return downloads.prompt;
  };

  it('are prompt for two seconds while their usual duration is unknown', () => {
    learn(15, 100);
    start(0);
    expect(downloads.nextDoubtAtMs()).toBe(2000);
    expect([countedOn(1999), countedOn(2000)]).toEqual([1, 0]);
  });

  it('are prompt for twice as long as nine in ten took, if that is less', () => {
    learn(20, 400);
    start(0);
    expect([countedOn(799), countedOn(800)]).toEqual([1, 0]);
  });

  it('are prompt for at least half a second and at most two', () => {
    learn(20, 10);
    start(0);
    expect([countedOn(499), countedOn(500)]).toEqual([1, 0]);
    learn(64, 5000);
    start(0);
    expect([countedOn(1999), countedOn(2000)]).toEqual([1, 0]);
  });

  it('are prompt while their bytes come fast enough', () => {
    learn(20, 10);
    downloads.note(start(0), 65_536);
    expect([countedOn(999), countedOn(1000)]).toEqual([1, 0]);
  });
});
