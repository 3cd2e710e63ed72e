import { Controller, Get, Header, Inject } from '@nestjs/common';
import { collectDefaultMetrics, Registry } from 'prom-client';

/** Adds figures of another room to those of the process. */
export type Meter = (registry: Registry) => void;

/** Nest injection token of the list of Meters that the composition root assembles. */
export const METERS = Symbol('Meters');

/** The figures of this process in Prometheus text format. */
@Controller()
export class MetricsController {
  private registry: Registry | null = null;

  constructor(@Inject(METERS) private readonly meters: readonly Meter[]) {}

  @Get('metrics')
  @Header('Cache-Control', 'no-store')
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  metrics(): Promise<string> {
    // Measuring the event loop wakes the process a hundred times a second, which costs more than the rest of
    // an idle service; so it begins with the first request.
    this.registry ??= begunRegistry(this.meters);
    return this.registry.metrics();
  }
}

function begunRegistry(meters: readonly Meter[]): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  for (const meter of meters) meter(registry);
  return registry;
}
