import type { DueJob } from '../jobs/job-store.port.js';

/** Whether `a` comes before `b`: by instant, then by id. */
function isBefore(a: DueJob, b: DueJob): boolean {
  return a.at === b.at ? a.jobId < b.jobId : a.at < b.at;
}

/** Jobs in due order, each id once: a binary heap, logarithmic in its size. */
export class DueHeap {
  private readonly items: DueJob[] = [];
  private readonly instants = new Map<string, number>();

  get size(): number {
    return this.instants.size;
  }

  /** Adds a job, or moves it to an earlier instant; ignores a later one. */
  add(due: DueJob): void {
    const known = this.instants.get(due.jobId);
    if (known !== undefined && known <= due.at) return;
    this.instants.set(due.jobId, due.at);
    this.items.push(due);
    this.rise(this.items.length - 1);
  }

  /** @returns the first job in due order, or null */
  peek(): DueJob | null {
    for (let top = this.items[0]; top !== undefined; top = this.items[0]) {
      if (this.instants.get(top.jobId) === top.at) return top;
      this.removeTop();
    }
    return null;
  }

  /** Removes and returns the first job if its instant is at or before `now`; otherwise returns null. */
  takeDue(now: number): DueJob | null {
    const top = this.peek();
    if (top === null || top.at > now) return null;
    this.removeTop();
    this.instants.delete(top.jobId);
    return top;
  }

  private removeTop(): void {
    const last = this.items.pop();
    if (last === undefined || this.items.length === 0) return;
    this.items[0] = last;
    this.sink(0);
  }

  private rise(from: number): void {
    for (let child = from; child > 0;) {
      const parent = (child - 1) >> 1;
      if (!this.swapIfBefore(child, parent)) return;
      child = parent;
    }
  }

  private sink(from: number): void {
    for (let parent = from; ;) {
      const left = 2 * parent + 1;
      const first = this.firstOf(left, left + 1);
      if (first === null || !this.swapIfBefore(first, parent)) return;
      parent = first;
    }
  }

  private firstOf(left: number, right: number): number | null {
    const a = this.items[left];
    const b = this.items[right];
    if (a === undefined) return null;
    return b !== undefined && isBefore(b, a) ? right : left;
  }

  private swapIfBefore(lower: number, upper: number): boolean {
    const a = this.items[lower];
    const b = this.items[upper];
    if (a === undefined || b === undefined || !isBefore(a, b)) return false;
    this.items[lower] = b;
    this.items[upper] = a;
    return true;
  }
}
