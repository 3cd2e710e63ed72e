import { PostPace } from '../../../bots/post-pace.js';

describe('the turns of messages in one conversation', () => {
  let now: number;
  let pace: PostPace;
  beforeEach(() => {
    now = 1_800_000_000_000;
    pace = new PostPace(1000, { now: () => now });
  });
  const waits = (conversation: string, ...messages: string[]): number[] =>
    messages.map((message) => pace.waitMs(conversation, message));

  it('come at once for as long as the platform takes every message', () => {
    expect(waits('C1', 'a', 'b', 'c', 'd', 'e')).toEqual([0, 0, 0, 0, 0]);
  });

  it('come one after the other once there were too many, and are kept for each message', () => {
    pace.close('C1', 5000);
    expect(waits('C1', 'a', 'b', 'c')).toEqual([5000, 6000, 7000]);
    now += 4000;
    expect(waits('C1', 'c', 'b', 'a', 'd')).toEqual([3000, 2000, 1000, 4000]);
    now += 4000;
    expect(waits('C1', 'd', 'c', 'b', 'a', 'e')).toEqual([0, 0, 0, 0, 1000]);
  });

  it('are given anew where they come while the platform takes nothing', () => {
    pace.close('C1', 1000);
    expect(waits('C1', 'a', 'b', 'c')).toEqual([1000, 2000, 3000]);
    now += 1000;
    expect(waits('C1', 'a')).toEqual([0]);
    pace.close('C1', 1500);
    now += 1000;
    expect(waits('C1', 'b', 'a', 'c')).toEqual([2000, 3000, 1000]);
  });

  it('are of each conversation by itself', () => {
    pace.close('C1', 5000);
    expect(waits('C2', 'x', 'y')).toEqual([0, 0]);
  });

  it('come at once again when nothing was too much for a minute', () => {
    pace.close('C1', 1000);
    now += 61_000;
    expect(waits('C1', 'a', 'b', 'c')).toEqual([0, 0, 0]);
  });
});
