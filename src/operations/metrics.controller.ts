import { Controller, Get, Header, Inject } from '@nestjs/common';
import { collectDefaultMetrics, Registry } from 'prom-client';

/** Adds figures of another room to the ones of the process. */
export type Meter = (registry: Registry) => void;

/** Nest injection token of the list of Meters that the composition root assembles. */
export const METERS = Symbol('Meters');

/** The figures of this process in Prometheus text format. */
@Controller()
export class MetricsController {
  private readonly registry = new Registry();

  constructor(@Inject(METERS) meters: readonly Meter[]) {
    collectDefaultMetrics({ register: this.registry });
    for (const meter of meters) meter(this.registry);
  }

  @Get('metrics')
  @Header('Cache-Control', 'no-store')
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  metrics(): Promise<string> {
    return this.registry.metrics();
  }
}
