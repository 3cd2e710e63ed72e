import { pause, pauseOrStop } from '../../../src/jobs/timing/pause.js';

const MINUTE_MS = 60_000;

describe('a pause', () => {
  it('ends when its time has passed', async () => {
    const { signal } = new AbortController();
    await expect(pause(1, signal)).resolves.toBeUndefined();
    await expect(pauseOrStop(1, signal)).resolves.toBe(true);
  });

  it('throws the reason of a signal that aborts first', async () => {
    const stopping = new AbortController();
    const paused = pause(MINUTE_MS, stopping.signal);
    stopping.abort(new Error('The service stops'));
    await expect(paused).rejects.toThrow('The service stops');
  });

  it('ends quietly in a loop that looks at the signal itself', async () => {
    const stopping = new AbortController();
    const paused = pauseOrStop(MINUTE_MS, stopping.signal);
    stopping.abort(new Error('The service stops'));
    await expect(paused).resolves.toBe(false);
    await expect(pauseOrStop(MINUTE_MS, stopping.signal)).resolves.toBe(false);
  });
});
