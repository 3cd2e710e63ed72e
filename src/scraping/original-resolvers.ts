import { boundedUrl } from '../jobs/candidate-facts.js';
import type { Candidate, OriginalWay } from '../jobs/candidate.js';
import type { EngineName } from '../engines/engines.js';

/** A full-size image that an engine shows after all, and where it was found. */
export interface ShownOriginal {
  readonly imageUrl: string;
  readonly foundBy: OriginalWay;
}

/** Finds the full-size images of results, one at a time, while the search that found them is open. */
export abstract class OriginalResolver {
  /**
   * @returns null where the engine does not show it, or not soon
   * @throws AppError `browser.crashed`, `source.unreachable`; the reason of the search's signal
   */
  abstract resolve(candidate: Candidate): Promise<ShownOriginal | null>;
}

/** Where engines leave their resolvers, each for as long as its search is open; one resolvers a job. */
export class OriginalResolvers {
  private readonly open = new Map<EngineName, OriginalResolver>();

  /** Leaves a resolver until it is disposed of. */
  lend(engine: EngineName, resolver: OriginalResolver): Disposable {
    this.open.set(engine, resolver);
    return {
      [Symbol.dispose]: () => {
        if (this.open.get(engine) === resolver) this.open.delete(engine);
      },
    };
  }

  /** @returns null where the candidate's engine has no search open, or does not show it; throws like it */
  async resolve(candidate: Candidate): Promise<ShownOriginal | null> {
    const shown = await this.open.get(candidate.engine)?.resolve(candidate);
    const imageUrl = boundedUrl(shown?.imageUrl ?? null);
    return shown === undefined || shown === null || imageUrl === null ? null : { ...shown, imageUrl };
  }
}
