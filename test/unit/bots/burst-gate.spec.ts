import { setTimeout as sleep } from 'node:timers/promises';
import { BurstGate } from '../../../bots/conversation/burst-gate.js';
import { TestClock } from '../../support/test-clock.js';
import { until } from '../../support/until.js';

/** Moves only when it is moved. */
class StillClock extends TestClock {
  constructor(private readonly readMs: () => number) {
    super();
  }

  override monotonicMs(): number {
    return this.readMs();
  }
}

describe('acknowledged work', () => {
  let nowMs: number;
  let turns: BurstGate;
  let done: string[];
  beforeEach(() => {
    nowMs = 1000;
    turns = new BurstGate(new StillClock(() => nowMs));
    done = [];
  });
  const work = (...names: string[]): void => {
    for (const name of names) void turns.pass().then(() => done.push(name));
  };

  it('waits until no request arrives for a while, and then runs in order', async () => {
    turns.arrived();
    work('a', 'b', 'c');
    await sleep(50);
    expect(done).toEqual([]);
    nowMs += 100;
    await until('all turns', () => done.length === 3);
    expect(done).toEqual(['a', 'b', 'c']);
  });

  it('waits again if requests arrive meanwhile', async () => {
    const first = turns.pass().then(() => turns.arrived());
    work('second', 'third', 'fourth');
    await first;
    // The next in the line has its turn already when the first one ends.
    await until('the turn of the second', () => done.length === 1);
    await sleep(50);
    expect(done).toEqual(['second']);
    nowMs += 100;
    await until('all turns', () => done.length === 3);
    expect(done).toEqual(['second', 'third', 'fourth']);
  });

  it('runs after a second if the burst does not end', async () => {
    turns.arrived();
    work('a');
    nowMs += 1000;
    turns.arrived();
    await until('the turn', () => done.length === 1);
    expect(done).toEqual(['a']);
  });
});
