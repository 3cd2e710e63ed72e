import { FileFault } from '../formats/file-fault.ts';
import { hearParent, tellParent } from './parent-pipe.ts';

/**
 * Smaller images ask for no memory: together, those handled at the same time need no more than one large
 * image.
 */
const SMALL_BYTES = 8 * 2 ** 20;
const MB = 2 ** 20;

const waiting = new Map<number, (isThere: boolean) => void>();
const resting = new Set<number>();

/** A task from the parent; all other fields depend on the program. */
export interface ChildTask {
  readonly id: number;
}

interface Room {
  readonly kind: 'room';
  readonly id: number;
  readonly isThere: boolean;
}

/**
 * Does the tasks that the parent sends, concurrently, and answers each with its result or why it is refused. The
 * process ends when its parent does.
 */
export function serveTasks<Task extends ChildTask>(work: (task: Task) => Promise<object>): void {
  hearParent((message: Task | Room) => {
    if (isRoom(message)) waiting.get(message.id)?.(message.isThere);
    else void answer(message, work);
  });
  tellParent({ kind: 'ready' });
}

/**
 * Waits until there is memory for an image.
 * @param bytes maximum memory of its pixels
 * @throws FileFault if it needs more than there ever is
 */
export async function roomFor({ id }: ChildTask, bytes: number): Promise<void> {
  const hasRested = resting.delete(id);
  if (bytes < SMALL_BYTES && !hasRested) return;
  const answered = new Promise<boolean>((resolve) => waiting.set(id, resolve));
  tellParent({ kind: 'needs', id, bytes });
  const isThere = await answered;
  waiting.delete(id);
  if (!isThere) throw new FileFault(`Input image needs ${Math.ceil(bytes / MB)} MB of memory`);
}

/**
 * Gives the memory of a task back while it waits for others; the task must call `roomFor` again afterwards.
 */
export function rest({ id }: ChildTask): void {
  resting.add(id);
  tellParent({ kind: 'rests', id });
}

function isRoom(message: ChildTask | Room): message is Room {
  return 'kind' in message && message.kind === 'room';
}

async function answer<Task extends ChildTask>(
  task: Task,
  work: (task: Task) => Promise<object>,
): Promise<void> {
  const { id } = task;
  try {
    tellParent({ kind: 'done', id, ...(await work(task)) });
  } catch (error) {
    tellParent({ kind: 'refused', id, message: error instanceof Error ? error.message : String(error) });
  } finally {
    resting.delete(id);
  }
}
