import { setTimeout as sleep } from 'node:timers/promises';
import type { Storage } from '../../../src/storage/storage.js';
import type { StoreHarness } from './store-harness.js';

/** The contract of WorkerLease. */
export function describeWorkerLease(harness: () => StoreHarness): void {
  describe('the worker lease', () => {
    const never = new AbortController().signal;
    let first: Storage;
    let second: Storage;
    beforeAll(async () => {
      first = await harness().open();
      second = await harness().open();
    });

    it('has one owner, who can renew and release it', async () => {
      expect(await first.lease.acquire('host:1', never)).toEqual({ isHeld: true });
      expect(await first.lease.renew('host:1')).toBe(true);
      expect(await second.lease.renew('host:2')).toBe(false);
      await second.lease.release('host:2');
      expect(await first.lease.renew('host:1')).toBe(true);
      await first.lease.release('host:1');
      await first.lease.release('host:1');
      expect(await first.lease.renew('host:1')).toBe(false);
      expect(await second.lease.acquire('host:2', never)).toEqual({ isHeld: true });
      await second.lease.release('host:2');
    });

    it('refuses a second owner while the first renews it, and names the first', async () => {
      await first.lease.acquire('host:1', never);
      const renewing = setInterval(() => void first.lease.renew('host:1'), first.lease.renewEveryMs);
      try {
        expect(await second.lease.acquire('host:2', never)).toEqual({ isHeld: false, holder: 'host:1' });
      } finally {
        clearInterval(renewing);
        await first.lease.release('host:1');
      }
    });

    it('stays with an owner who could not renew it for a while, if no other process took it', async () => {
      await first.lease.acquire('host:1', never);
      await sleep(10_000);
      expect(await first.lease.renew('host:1')).toBe(true);
      expect(await second.lease.renew('host:2')).toBe(false);
      await first.lease.release('host:1');
    });

    it('goes to a waiting process after its owner died', async () => {
      const dying = await harness().open();
      await dying.lease.acquire('host:3', never);
      await dying.close();
      expect(await second.lease.acquire('host:4', never)).toEqual({ isHeld: true });
      await second.lease.release('host:4');
    });
  });
}
