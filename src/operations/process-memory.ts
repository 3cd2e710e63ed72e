import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { ProcessMemory } from './idle-memory.js';

/** The memory of this process. V8 shows its collector only where that is asked for, here without a flag at the start. */
export function processMemory(): ProcessMemory {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  return {
    cpuMs: () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1000;
    },
    residentBytes: () => process.memoryUsage.rss(),
    giveBack: () => {
      // Only what V8 does in the last resort gives back the room for new objects too.
      if (typeof collect === 'function') collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
    },
  };
}
