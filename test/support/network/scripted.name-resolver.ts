import { NameResolver } from '../../../src/network/name-resolver.port.js';

/** Answers what it is told, one answer after the other; the last one stays. */
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
