import { fork } from 'node:child_process';
import { once } from 'node:events';

/** A helper process that has sent its first message and can be stopped. */
export interface Forked<T> extends AsyncDisposable {
  readonly pid: number;
  readonly said: T;
}

/** Forks a script of this folder and waits for its first message. @throws Error if it ends without one */
export async function forked<T>(script: string, args: readonly string[] = []): Promise<Forked<T>> {
  const child = fork(new URL(script, import.meta.url), args, {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const ended = once(child, 'exit');
  const message = once(child, 'message') as Promise<[T]>;
  const first = await Promise.race([message, ended.then(() => null)]);
  if (first === null) throw new Error(`${script} ended before it said anything`);
  return {
    pid: child.pid ?? 0,
    said: first[0],
    async [Symbol.asyncDispose]() {
      child.disconnect();
      await ended;
    },
  };
}
