import { jest } from '@jest/globals';
import { EventEmitter } from 'node:events';
import { interruption } from '../../../src/cli/interruption.js';

describe('an interruption', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'by %s aborts, and a moment later ends the process',
    (name) => {
      let now = 5000;
      const kill = jest.fn();
      const process = Object.assign(new EventEmitter(), { pid: 42, kill });
      const signal = interruption(process, () => now);
      expect(signal.aborted).toBe(false);
      process.emit(name, name);
      expect(signal.aborted).toBe(true);
      now += 999;
      // A signal repeated by npm.
      process.emit(name, name);
      expect(kill).not.toHaveBeenCalled();
      now += 1;
      process.emit(name, name);
      expect(kill).toHaveBeenCalledWith(42, name);
      expect(process.eventNames()).toEqual([]);
    },
  );
});
