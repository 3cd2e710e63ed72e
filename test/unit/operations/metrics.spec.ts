import { Gauge, type Registry } from 'prom-client';
import { MetricsController } from '../../../src/operations/metrics.controller.js';

describe('the figures of the process', () => {
  const begun: Registry[] = [];
  const meter = (registry: Registry): void => {
    begun.push(registry);
    new Gauge({ name: 'of_another_room', help: 'A figure of another room.', registers: [registry] }).set(7);
  };

  beforeEach(() => begun.splice(0));

  it('are not measured before the first request, since measuring keeps an idle process awake', () => {
    const controller = new MetricsController([meter]);

    expect(controller).toBeDefined();
    expect(begun).toHaveLength(0);
  });

  it('include those of the process and of other rooms, and begin once', async () => {
    const controller = new MetricsController([meter]);

    await controller.metrics();
    const text = await controller.metrics();

    expect(begun).toHaveLength(1);
    expect(text).toContain('of_another_room 7');
    expect(text).toContain('nodejs_eventloop_lag_p99_seconds');
    expect(text).toContain('process_resident_memory_bytes');
  });
});
