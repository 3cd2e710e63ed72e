import { DueHeap } from '../../../src/scheduling/due-heap.js';
import { fc } from '../../support/properties.js';

const jobs = fc.array(
  fc.record({ jobId: fc.stringMatching(/^[a-f]{1,2}$/), at: fc.integer({ min: 0, max: 20 }) }),
);

describe('DueHeap', () => {
  it('returns jobs in due order, each once and at its earliest instant', () => {
    fc.assert(
      fc.property(jobs, (added) => {
        const heap = new DueHeap();
        const earliest = new Map<string, number>();
        for (const due of added) {
          heap.add(due);
          earliest.set(due.jobId, Math.min(due.at, earliest.get(due.jobId) ?? Infinity));
        }
        const taken = [];
        for (let due = heap.takeDue(20); due !== null; due = heap.takeDue(20)) taken.push(due);
        const expected = [...earliest]
          .map(([jobId, at]) => ({ jobId, at }))
          .toSorted((a, b) => a.at - b.at || (a.jobId < b.jobId ? -1 : 1));
        expect(taken).toEqual(expected);
        expect(heap.size).toBe(0);
      }),
    );
  });

  it('keeps a job until its instant', () => {
    const heap = new DueHeap();
    heap.add({ jobId: 'a', at: 10 });
    expect(heap.takeDue(9)).toBeNull();
    expect(heap.peek()).toEqual({ jobId: 'a', at: 10 });
    expect(heap.takeDue(10)).toEqual({ jobId: 'a', at: 10 });
    expect(heap.peek()).toBeNull();
  });

  it('accepts a job again after it was taken', () => {
    const heap = new DueHeap();
    heap.add({ jobId: 'a', at: 1 });
    heap.takeDue(1);
    heap.add({ jobId: 'a', at: 5 });
    expect(heap.takeDue(5)).toEqual({ jobId: 'a', at: 5 });
  });
});
