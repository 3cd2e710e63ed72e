// @ts-check
/**
 * Preloaded into a process (`node --import`): shifts its wall clock by the milliseconds in the file
 * CLOCK_SHIFT_FILE, which may change at any time, as if an operator corrected the machine's clock. The
 * monotonic clock and timers are not affected.
 */
import { readFileSync } from 'node:fs';

const FILE = process.env['CLOCK_SHIFT_FILE'] ?? '';
delete process.env['CLOCK_SHIFT_FILE'];
const TrueDate = globalThis.Date;
let shiftMs = 0;

function look() {
  try {
    shiftMs = Number(readFileSync(FILE, 'utf8'));
  } catch {
    shiftMs = 0;
  }
}

look();
setInterval(look, 10).unref();

globalThis.Date = new Proxy(TrueDate, {
  construct: (target, args) => Reflect.construct(target, args.length === 0 ? [target.now() + shiftMs] : args),
  get: (target, key) => (key === 'now' ? () => target.now() + shiftMs : Reflect.get(target, key)),
});
