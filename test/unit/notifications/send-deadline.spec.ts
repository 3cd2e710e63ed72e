import { once } from 'node:events';
import { SendDeadline } from '../../../src/notifications/send-deadline.js';

describe('SendDeadline', () => {
  it('aborts a moment after the stop, with its reason', async () => {
    const stop = new AbortController();
    using deadline = new SendDeadline(stop.signal, 5);
    stop.abort('shutdown');
    expect(deadline.signal.aborted).toBe(false);
    await once(deadline.signal, 'abort');
    expect(deadline.signal.reason).toBe('shutdown');
  });

  it('gives the grace period also to sends that begin after the stop', async () => {
    using deadline = new SendDeadline(AbortSignal.abort('shutdown'), 5);
    expect(deadline.signal.aborted).toBe(false);
    await once(deadline.signal, 'abort');
    expect(deadline.signal.aborted).toBe(true);
  });

  it('does nothing after the send is over', () => {
    const stop = new AbortController();
    const deadline = new SendDeadline(stop.signal, 0);
    deadline[Symbol.dispose]();
    stop.abort('shutdown');
    expect(deadline.signal.aborted).toBe(false);
  });
});
