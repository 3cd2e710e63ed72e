import { randomUUID } from 'node:crypto';
import type { KeyedEntry, KeyedPlace, KeyedStore } from '../../../src/jobs/keyed-store.port.js';
import { HOUR_MS, NOW, present } from './samples.js';
import { atOnce, type StoreHarness } from './store-harness.js';

const LATER = NOW + HOUR_MS;

const aPlace = (item = ''): KeyedPlace => ({ kind: 'chat_zone', key: randomUUID(), item });
const anEntry = (place: KeyedPlace, value: string, expiresAt: number | null = null): KeyedEntry => ({
  ...place,
  value,
  expiresAt,
});

/** The contract of KeyedStore. */
export function describeKeyedStore(harness: () => StoreHarness): void {
  describe('keyed entries', () => {
    let store: KeyedStore;
    let stores: KeyedStore[];
    beforeAll(async () => {
      stores = [];
      for (let i = 0; i < 4; i += 1) stores.push((await harness().open()).keyed);
      store = present(stores[0]);
    });

    it('keeps any text until it is replaced or deleted', async () => {
      const place = aPlace('Ünïcode 🐼 / item');
      expect(await store.get(place, NOW)).toBeNull();
      const long = anEntry(place, '«{"a":1}» 狐\n'.repeat(5000));
      await store.put(long);
      expect(await store.get(place, NOW)).toEqual(long);
      await store.put(anEntry(place, ''));
      expect(await store.get(place, NOW)).toEqual(anEntry(place, ''));
      await store.delete(place);
      await store.delete(place);
      expect(await store.get(place, NOW)).toBeNull();
    });

    it('keeps the same key of different kinds and items apart', async () => {
      const place = aPlace();
      await store.put(anEntry(place, 'zone'));
      await store.put(anEntry({ ...place, kind: 'chat_job' }, 'job'));
      await store.put(anEntry({ ...place, item: 'x' }, 'item'));
      expect((await store.get(place, NOW))?.value).toBe('zone');
      expect((await store.get({ ...place, kind: 'chat_job' }, NOW))?.value).toBe('job');
      await store.delete(place);
      expect((await store.get({ ...place, item: 'x' }, NOW))?.value).toBe('item');
    });

    it('lists the unexpired entries of a key by item', async () => {
      const { kind, key } = aPlace();
      const items = ['b', 'a', 'ä', 'B', '', '10', '9'];
      for (const item of items) await store.put(anEntry({ kind, key, item }, `value ${item}`, LATER));
      await store.put(anEntry({ kind, key, item: 'over' }, 'gone', NOW + 1));
      const listed = await store.list(kind, key, NOW + 1);
      expect(listed.map(({ item }) => item)).toEqual(['', '10', '9', 'B', 'a', 'b', 'ä']);
      expect(listed[0]).toEqual(anEntry({ kind, key, item: '' }, 'value ', LATER));
      expect(await store.list(kind, 'nobody', NOW)).toEqual([]);
    });

    it('returns an entry until just before its expiry', async () => {
      const place = aPlace();
      await store.put(anEntry(place, 'short', LATER));
      expect(await store.get(place, LATER - 1)).toEqual(anEntry(place, 'short', LATER));
      expect(await store.get(place, LATER)).toBeNull();
    });

    it('stores an entry if absent or expired', async () => {
      const place = aPlace();
      expect(await store.putIfAbsent(anEntry(place, 'first', LATER), NOW)).toBe(true);
      expect(await store.putIfAbsent(anEntry(place, 'second', LATER), LATER - 1)).toBe(false);
      expect((await store.get(place, NOW))?.value).toBe('first');
      expect(await store.putIfAbsent(anEntry(place, 'third', null), LATER)).toBe(true);
      expect(await store.get(place, NOW)).toEqual(anEntry(place, 'third', null));
      await store.delete(place);
      expect(await store.putIfAbsent(anEntry(place, 'fourth', null), NOW)).toBe(true);
    });

    it('stores one of 20 concurrent entries', async () => {
      const place = aPlace();
      let turn = 0;
      const answers = await atOnce(stores, 20, async (client) => {
        const value = `turn ${(turn += 1)}`;
        return (await client.putIfAbsent(anEntry(place, value, LATER), NOW)) ? value : null;
      });
      const winners = answers.filter((answer) => answer !== null);
      expect(winners).toHaveLength(1);
      expect((await store.get(place, NOW))?.value).toBe(winners[0]);
    });

    it('removes only expired entries', async () => {
      const [over, alive, forever] = [aPlace(), aPlace(), aPlace()];
      await store.put(anEntry(over, 'over', NOW - 1000));
      await store.put(anEntry(alive, 'alive', LATER));
      await store.put(anEntry(forever, 'forever', null));
      await store.deleteExpired(NOW);
      expect(await store.get(over, NOW)).toBeNull();
      expect((await store.get(alive, NOW))?.value).toBe('alive');
      expect((await store.get(forever, NOW))?.value).toBe('forever');
    });

    it('replaces an expiring entry by a permanent one, and vice versa', async () => {
      const place = aPlace();
      await store.put(anEntry(place, 'short', NOW + 1));
      await store.put(anEntry(place, 'long', null));
      expect(await store.get(place, LATER)).toEqual(anEntry(place, 'long', null));
      await store.put(anEntry(place, 'short', NOW + 1));
      expect(await store.get(place, LATER)).toBeNull();
    });
  });
}
