import { PostPace } from '../../../bots/notices/post-pace.js';

describe('the turns of messages in one conversation', () => {
  let now: number;
  let pace: PostPace;
  beforeEach(() => {
    now = 1_800_000_000_000;
    pace = new PostPace(1000, { now: () => now });
  });
  const waits = (conversation: string, ...messages: string[]): number[] =>
    messages.map((message) => pace.waitMs(conversation, message));

  it('are immediate while the platform takes every message', () => {
    expect(waits('C1', 'a', 'b', 'c', 'd', 'e')).toEqual([0, 0, 0, 0, 0]);
  });

  it('come one by one after too many messages, and are kept for each message', () => {
    pace.close('C1', 5000);
    expect(waits('C1', 'a', 'b', 'c')).toEqual([5000, 6000, 7000]);
    now += 4000;
    expect(waits('C1', 'c', 'b', 'a', 'd')).toEqual([3000, 2000, 1000, 4000]);
    now += 4000;
    expect(waits('C1', 'd', 'c', 'b', 'a', 'e')).toEqual([0, 0, 0, 0, 1000]);
  });

  it('move in order if the platform refuses again', () => {
    pace.close('C1', 1000);
    expect(waits('C1', 'a', 'b', 'c')).toEqual([1000, 2000, 3000]);
    now += 1000;
    expect(waits('C1', 'a')).toEqual([0]);
    pace.close('C1', 1500);
    now += 1000;
    expect(waits('C1', 'b', 'a', 'c')).toEqual([500, 2500, 1500]);
  });

  it('move only once if several messages are refused at the same moment', () => {
    pace.close('C1', 1000);
    expect(waits('C1', 'a', 'b', 'c', 'd')).toEqual([1000, 2000, 3000, 4000]);
    now += 2000;
    expect(waits('C1', 'a', 'b')).toEqual([0, 0]);
    for (const _refused of ['a', 'b']) pace.close('C1', 5000);
    expect(waits('C1', 'c', 'd', 'a', 'b')).toEqual([5000, 6000, 7000, 8000]);
  });

  it('are not blocked by a message that never comes', () => {
    pace.close('C1', 1000);
    expect(waits('C1', 'a', 'b')).toEqual([1000, 2000]);
    now += 30_000;
    expect(waits('C1', 'c')).toEqual([0]);
    pace.close('C1', 1000);
    expect(waits('C1', 'c', 'd')).toEqual([1000, 2000]);
  });

  it('are kept for the whole length of the queue', () => {
    pace.close('C1', 1000);
    const many = Array.from({ length: 100 }, (_, index) => String(index));
    expect(waits('C1', ...many).at(-1)).toBe(100_000);
    now += 90_000;
    expect(waits('C1', 'late')).toEqual([11_000]);
  });

  it('are separate for each conversation', () => {
    pace.close('C1', 5000);
    expect(waits('C2', 'x', 'y')).toEqual([0, 0]);
  });

  it('are immediate again after a minute without a refusal', () => {
    pace.close('C1', 1000);
    now += 61_000;
    expect(waits('C1', 'a', 'b', 'c')).toEqual([0, 0, 0]);
  });
});
