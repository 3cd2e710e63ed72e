import { NameResolver } from '../../../src/network/name-resolver.port.js';

/** Gives scripted answers one by one; the last one repeats. */
export class ScriptedResolver extends NameResolver {
  readonly asked: string[] = [];
  constructor(private readonly answers: readonly (readonly string[])[]) {
    super();
  }
  override async resolve(hostname: string): Promise<readonly string[]> {
    this.asked.push(hostname);
    return this.answers[Math.min(this.asked.length, this.answers.length) - 1] ?? [];
  }
}
