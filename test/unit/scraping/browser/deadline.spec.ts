import { DeadlinePassed, withDeadline } from '../../../../src/scraping/browser/deadline.js';

const forever = new Promise<never>(() => {});

describe('waiting with a deadline', () => {
  it('returns the result of the work', async () => {
    await expect(withDeadline(Promise.resolve(1), 1000)).resolves.toBe(1);
    await expect(withDeadline(Promise.reject(new Error('broken')), 1000)).rejects.toThrow('broken');
  });

  it('ends at the deadline', async () => {
    await expect(withDeadline(forever, 5)).rejects.toBeInstanceOf(DeadlinePassed);
  });

  it('ends with the reason of the signal, before or meanwhile', async () => {
    const stop = new AbortController();
    const waiting = withDeadline(forever, 60_000, stop.signal).catch((error: unknown) => error);
    stop.abort(new Error('enough'));
    expect(await waiting).toBe(stop.signal.reason);
    await expect(withDeadline(forever, 60_000, stop.signal)).rejects.toThrow('enough');
  });
});
