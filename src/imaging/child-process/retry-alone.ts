import { type ChildTask, rest } from './child-tasks.ts';
import { FileFault } from '../formats/file-fault.ts';

const sideBySide = new Set<Promise<unknown>>();
let lastAlone: Promise<unknown> = Promise.resolve();

/**
 * Works on an image beside others, and once more by itself where libvips refuses it: libvips has one place for all it
 * has to say, and images that are worked on at the same moment take the words out of each other's mouths.
 * @throws what the last try threw, in words about this image alone
 */
export async function withRetryAlone<Task extends ChildTask, Result>(
  task: Task,
  work: (task: Task, isAlone: boolean) => Promise<Result>,
): Promise<Result> {
  let last: Promise<unknown>;
  do {
    last = lastAlone;
    await last;
  } while (last !== lastAlone);
  const first = work(task, false);
  sideBySide.add(first);
  try {
    return await first;
  } catch (error) {
    if (error instanceof FileFault) throw error;
  } finally {
    sideBySide.delete(first);
  }
  rest(task);
  const byItself = lastAlone.then(() => Promise.allSettled(sideBySide)).then(() => work(task, true));
  lastAlone = byItself.catch(() => null);
  return byItself;
}
