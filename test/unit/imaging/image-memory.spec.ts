import { ImageMemory } from '../../../src/imaging/image-memory.js';

const NEVER = new AbortController().signal;

describe('ImageMemory', () => {
  it('admits large images while there is memory, and the others in their order', async () => {
    const memory = new ImageMemory(100);
    const order: string[] = [];
    const enter = async (name: string, bytes: number): Promise<Disposable> => {
      const lease = await memory.lease(bytes, NEVER);
      order.push(name);
      return lease;
    };
    const [first, second, third, fourth] = [
      enter('first', 60),
      enter('second', 60),
      enter('third', 30),
      enter('fourth', 100),
    ];
    (await first)[Symbol.dispose]();
    const leases = await Promise.all([second, third]);
    expect(order).toEqual(['first', 'second', 'third']);
    for (const lease of leases) lease[Symbol.dispose]();
    await fourth;
    expect(order).toEqual(['first', 'second', 'third', 'fourth']);
  });

  it('delays no image for one that gave up waiting', async () => {
    const memory = new ImageMemory(100);
    const held = await memory.lease(60, NEVER);
    const stop = new AbortController();
    const given = memory.lease(80, stop.signal);
    const small = memory.lease(40, NEVER);
    stop.abort(new Error('not wanted'));
    await expect(given).rejects.toThrow('not wanted');
    await expect(small).resolves.toBeDefined();
    held[Symbol.dispose]();
    await expect(memory.lease(60, stop.signal)).rejects.toThrow('not wanted');
  });

  it('takes the memory of a lease back only once', async () => {
    const memory = new ImageMemory(100);
    const lease = await memory.lease(100, NEVER);
    lease[Symbol.dispose]();
    lease[Symbol.dispose]();
    await memory.lease(100, NEVER);
    const stop = new AbortController();
    const more = memory.lease(1, stop.signal);
    stop.abort(new Error('no room'));
    await expect(more).rejects.toThrow('no room');
  });
});
