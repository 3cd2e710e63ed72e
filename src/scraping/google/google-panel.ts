import type { Candidate } from '../../jobs/candidate.js';
import type { Tab } from '../browser/browser.port.js';
import { isScriptFailure } from '../browser/webdriver-errors.js';
import type { ShownOriginal } from '../found-candidate.js';
import { pause } from '../../jobs/timing/pause.js';
import { readImageLink } from './image-link.js';
import { OPEN_PANEL, READ_PANEL } from './panel-script.js';

const POLL_MS = 60;
/** How often a panel is read before its original is given up; fewer times after a miss. */
const ROUNDS = 40;
const ROUNDS_AFTER_MISS = 15;
/** After this many misses in a row, the panels of this search show no originals. */
const MISSES_TO_GIVE_UP = 3;

/**
 * Opens the tiles of a results page and reads the original from the panel, or from the link that the tile
 * gets.
 */
export class GooglePanel {
  private misses = 0;
  private isClosed = false;

  constructor(
    private readonly tab: Tab,
    private readonly signal: AbortSignal,
  ) {}

  /** Resolves one result at a time. @see ResolveOriginal */
  async resolve({ sourceId, pageUrl }: Candidate): Promise<ShownOriginal | null> {
    if (this.isClosed || this.misses >= MISSES_TO_GIVE_UP) return null;
    const before = await this.run(OPEN_PANEL, sourceId);
    if (!Array.isArray(before)) return null;
    const rounds = this.misses === 0 ? ROUNDS : ROUNDS_AFTER_MISS;
    for (let round = 0; round < rounds; round += 1) {
      const original = originalIn(await this.run(READ_PANEL, sourceId, pageUrl, before), sourceId);
      if (original !== null) {
        this.misses = 0;
        return original;
      }
      await pause(POLL_MS, this.signal);
    }
    this.misses += 1;
    return null;
  }

  /** Stops resolving: the tab no longer belongs to this search. */
  close(): void {
    this.isClosed = true;
  }

  private async run(script: string, ...args: readonly unknown[]): Promise<unknown> {
    try {
      return await this.tab.run(script, ...args);
    } catch (error) {
      // The page is being left, so there is nothing to read.
      if (isScriptFailure(error)) return null;
      throw error;
    }
  }
}

function originalIn(read: unknown, sourceId: string): ShownOriginal | null {
  if (!Array.isArray(read)) return null;
  const [shown, link]: unknown[] = read;
  if (typeof shown === 'string') return { imageUrl: shown, foundBy: 'panel' };
  const linked = typeof link === 'string' ? readImageLink(link) : null;
  return linked?.docId === sourceId ? { imageUrl: linked.imageUrl, foundBy: 'link' } : null;
}
