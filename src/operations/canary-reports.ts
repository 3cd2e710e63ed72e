import { Counter } from 'prom-client';
import type { Settings } from '../config/settings.js';
import type { Meter } from './metrics.controller.js';
import type { ReadinessCheck } from './readiness-checks.js';
import type { EngineCanary } from '../scraping/engine-canary.js';

/** A readiness check for each engine in use if the canary checks them; a failed engine is an impairment. */
export function canaryChecks(
  { canaryIntervalMs, engines }: Pick<Settings, 'canaryIntervalMs' | 'engines'>,
  canary: Pick<EngineCanary, 'impairment'>,
): readonly ReadinessCheck[] {
  if (canaryIntervalMs === null) return [];
  return engines.map((name) => ({
    name,
    check: async () => {
      const impaired = await canary.impairment(name);
      return impaired === null ? undefined : { impaired };
    },
  }));
}

/** Counts the canary's failed searches by engine and cause. */
export function canaryMeter(canary: Pick<EngineCanary, 'failures'>): Meter {
  return (registry) => {
    void new Counter({
      name: 'image_job_canary_failures_total',
      help: 'Small searches that brought nothing, by engine and cause',
      labelNames: ['engine', 'cause'],
      registers: [registry],
      collect() {
        this.reset();
        for (const { engine, code, count } of canary.failures) this.inc({ engine, cause: code }, count);
      },
    });
  };
}
