// @ts-check
/**
 * Loaded into a process before the product (`node --import`): its wall clock is as many milliseconds off as the
 * file CLOCK_SHIFT_FILE says, at any moment; the monotonic clock and timers go on as they were. As when an
 * operator corrects the clock of a machine.
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
