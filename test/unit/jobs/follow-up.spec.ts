import { NO_PROGRESS, type Job } from '../../../src/jobs/job.js';
import { newJob } from '../../../src/jobs/job-steps.js';
import { deliveredBefore, excludedImages } from '../../../src/jobs/request/excluded-images.js';
import { followUpRequest, missingCount } from '../../../src/jobs/request/follow-up.js';
import { asKept, sampleCandidate, sampleJob } from '../../support/sample-jobs.js';

const ready = (changes: Partial<Job>): Job => ({
  ...newJob(sampleJob('first', 1000, { count: 12 })),
  state: 'ready',
  delivered: 9,
  ...changes,
});
const counts = (kept: number) => ({ found: kept, kept, rejected: {}, engines: [] });
const found = (rank: number, changes = {}) => ({
  urlHash: String(rank).padStart(32, '0'),
  position: rank,
  candidate: sampleCandidate(rank, changes),
  outcome: { status: 'found' } as const,
});

describe('what goes on after a job', () => {
  it('asks for what is missing, or for as many again', () => {
    const job = ready({});
    expect(missingCount(job)).toBe(3);
    expect(followUpRequest(job, 'missing')).toMatchObject({ query: 'red panda', count: 3 });
    expect(followUpRequest(job, 'next')).toEqual(job.request);
  });

  it('is nothing if nothing is missing, and nothing before the job is ready', () => {
    const whole = ready({ delivered: 12 });
    expect([missingCount(whole), followUpRequest(whole, 'missing')]).toEqual([0, null]);
    expect(followUpRequest(whole, 'next')).not.toBeNull();
    for (const state of ['scheduled', 'running', 'failed', 'cancelled'] as const) {
      const job = ready({ state });
      expect([missingCount(job), followUpRequest(job, 'missing'), followUpRequest(job, 'next')]).toEqual([
        0,
        null,
        null,
      ]);
    }
  });

  it('leaves out searches that lack nothing, and keeps the names of the others', () => {
    const queries = [
      { text: 'cat', count: 5 },
      { text: 'c++ logo', count: 4, name: 'C++' },
      { text: 'dog', count: 3 },
    ];
    const request = { ...ready({}).request, query: 'cat', count: 12, queries };
    const progress = { ...NO_PROGRESS, queries: [counts(5), counts(1), counts(3)] };
    const job = ready({ request, progress, delivered: 9 });
    expect(missingCount(job)).toBe(3);
    expect(followUpRequest(job, 'missing')).toMatchObject({
      query: 'c++ logo',
      count: 3,
      queries: [{ text: 'c++ logo', count: 3, name: 'C++' }],
    });
    expect(followUpRequest(job, 'next')).toMatchObject({ count: 12, queries });
  });
});

describe('the images that a job must not deliver again', () => {
  it('are those that the job before kept and had to leave out, without titles and previews', () => {
    const kept = asKept(found(2, { title: 'A private title', previewUrl: 'https://p.example/2' }));
    const rejected = {
      ...found(3),
      outcome: { status: 'rejected', reason: 'timeout', detail: null },
    } as const;
    const first = excludedImages([found(1), kept, rejected]);
    expect(first).toHaveLength(1);
    expect(JSON.stringify(first)).not.toMatch(/private|p\.example|pages\.example/);
    expect(first[0]?.outcome).toEqual({ ...kept.outcome, status: 'excluded' });
    expect(first[0]?.urlHash).not.toBe(kept.urlHash);
    const second = excludedImages([...first, asKept(found(4))]);
    expect(second.map(({ candidate }) => candidate.imageUrl)).toEqual([
      'https://images.example/2.jpg',
      'https://images.example/4.jpg',
    ]);
    expect(excludedImages(second).map(({ urlHash }) => urlHash)).toEqual(
      second.map(({ urlHash }) => urlHash),
    );
  });

  it('are recognised by their address, or by the name that their engine gave them', () => {
    const isDelivered = deliveredBefore(excludedImages([asKept(found(2))]));
    expect(isDelivered(sampleCandidate(2))).toBe(true);
    expect(isDelivered(sampleCandidate(2, { engine: 'bing', sourceId: 'other' }))).toBe(true);
    expect(isDelivered(sampleCandidate(2, { imageUrl: null }))).toBe(true);
    expect(isDelivered(sampleCandidate(3))).toBe(false);
    expect(isDelivered(sampleCandidate(9, { engine: 'bing', sourceId: 'doc2' }))).toBe(false);
  });
});
