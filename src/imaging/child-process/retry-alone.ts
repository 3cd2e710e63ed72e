import { type ChildTask, rest } from './child-tasks.ts';
import { FileFault } from '../formats/file-fault.ts';

const sideBySide = new Set<Promise<unknown>>();
let lastAlone: Promise<unknown> = Promise.resolve();

/**
 * Handles an image beside others, and once more alone if libvips refuses it: libvips has one buffer for all
 * its messages, so the messages of concurrent images get mixed up.
 * @throws the error of the last try, with a message about this image alone
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
