import { IdleMemory } from '../../../src/operations/idle-memory.js';

const MB = 1e6;

/** A process whose use the test sets. */
class FakeProcess {
  usedMs = 2000;
  bytes = 160 * MB;
  givenBack = 0;

  readonly cpuMs = (): number => this.usedMs;
  readonly residentBytes = (): number => this.bytes;
  readonly giveBack = (): void => {
    this.givenBack += 1;
    this.bytes = 120 * MB;
  };
}

describe('memory in idle times', () => {
  function started(): { readonly made: IdleMemory; readonly uses: FakeProcess } {
    const uses = new FakeProcess();
    const made = new IdleMemory(uses);
    made.look();
    return { made, uses };
  }

  it('is kept while the process is busy, as at its start', () => {
    const { made, uses } = started();
    uses.usedMs += 1000;
    made.look();
    expect(uses.givenBack).toBe(0);
  });

  it('is returned once when the process becomes idle, and not again without growth', () => {
    const { made, uses } = started();
    for (let looks = 0; looks < 5; looks += 1) {
      uses.usedMs += 10;
      made.look();
    }
    expect(uses.givenBack).toBe(1);
  });

  it('is returned again after a job for which the process grew', () => {
    const { made, uses } = started();
    made.look();
    uses.usedMs += 4000;
    uses.bytes = 250 * MB;
    made.look();
    expect(uses.givenBack).toBe(1);
    made.look();
    expect(uses.givenBack).toBe(2);
  });
});
