import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { ProcessMemory } from './idle-memory.js';

/**
 * The memory of this process. V8 exposes its collector only on request, made here without a flag at the
 * start.
 */
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
      // Only V8's last-resort collection returns the memory for new objects too.
      if (typeof collect === 'function') collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
    },
  };
}
