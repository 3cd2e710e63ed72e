import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { Module } from '@nestjs/common';
import { canaryChecks, canaryMeter } from '../../../src/operations/canary-reports.js';
import { OperationsModule } from '../../../src/operations/operations.module.js';
import '../../support/quiet-logs.js';

/** Stands in for the canary. */
class Canary {
  state: string | null = null;
  readonly failures = [{ engine: 'google', code: 'source.layout_changed', count: 2 }] as const;
  impairment(): Promise<string | null> {
    return Promise.resolve(this.state);
  }
}

@Module({ providers: [Canary], exports: [Canary] })
class CanaryModule {}

async function serve(canaryIntervalMs: number | null): Promise<NestExpressApplication> {
  const module = await Test.createTestingModule({
    imports: [
      OperationsModule.withReadiness({
        imports: [CanaryModule],
        inject: [Canary],
        useFactory: (canary) => [
          { name: 'store', check: () => Promise.resolve() },
          ...canaryChecks({ canaryIntervalMs, engines: ['google'] }, canary),
        ],
        meters: (canary) => [canaryMeter(canary)],
      }),
    ],
  }).compile();
  const app = module.createNestApplication<NestExpressApplication>({ logger: false });
  await app.listen(0, '127.0.0.1');
  return app;
}

describe('the results of the canary', () => {
  it('turn readiness yellow, not red, and give the reason', async () => {
    const app = await serve(60_000);
    app.get(Canary, { strict: false }).state = 'source.layout_changed at 2027-01-15T12:00:00.000Z';
    const [first, cached] = [
      await fetch(`${await app.getUrl()}/readyz`),
      await fetch(`${await app.getUrl()}/readyz`),
    ];
    for (const answer of [first, cached]) {
      expect(answer.status).toBe(200);
      expect(await answer.json()).toMatchObject({
        status: 'degraded',
        details: {
          store: { status: 'up' },
          google: { status: 'degraded', message: 'source.layout_changed at 2027-01-15T12:00:00.000Z' },
        },
      });
    }
    await app.close();
  });

  it('leave it green if there is no problem, and add nothing without a canary', async () => {
    const looking = await serve(60_000);
    expect(await (await fetch(`${await looking.getUrl()}/readyz`)).json()).toMatchObject({
      status: 'ok',
      details: { google: { status: 'up' } },
    });
    await looking.close();
    const blind = await serve(null);
    const answer: unknown = await (await fetch(`${await blind.getUrl()}/readyz`)).json();
    expect(answer).toMatchObject({ details: { store: { status: 'up' } } });
    expect(answer).not.toHaveProperty(['details', 'google']);
    await blind.close();
  });

  it('are counted by engine and cause', async () => {
    const app = await serve(60_000);
    const ask = async () => (await fetch(`${await app.getUrl()}/metrics`)).text();
    const line = 'image_job_canary_failures_total{engine="google",cause="source.layout_changed"} 2';
    expect(await ask()).toContain(line);
    expect(await ask()).toContain(line);
    await app.close();
  });
});
