import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { MissingEngines } from '../../../src/scraping/missing-engines.js';
import { TestClock } from '../../support/test-clock.js';
import { FakeSource } from '../pipeline/fake-dependencies.js';

const GOOGLE = [new FakeSource(() => [], 'google')];

describe('engines that are not set up', () => {
  it('are those of ENGINES without a source, if the process runs jobs', () => {
    const engines = ['bing', 'google'] as const;
    const clock = new TestClock();
    expect(new MissingEngines(clock, GOOGLE, { engines, roles: ['worker'] }).names).toEqual(['bing']);
    expect(new MissingEngines(clock, GOOGLE, { engines, roles: ['web', 'bots'] }).names).toEqual([]);
  });

  it('are those that jobs asked for within the last day, logged once each', () => {
    const warned = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => {});
    const clock = new TestClock().stop();
    const missing = new MissingEngines(clock, GOOGLE, { engines: ['google'], roles: ['worker'] });
    missing.note('bing', 'job 1');
    missing.note('bing', 'job 2');
    missing.note('commons', 'job 2');
    expect(missing.names).toEqual(['bing', 'commons']);
    expect(warned.mock.calls.map(([facts]) => facts)).toEqual([
      { engine: 'bing', jobId: 'job 1' },
      { engine: 'commons', jobId: 'job 2' },
    ]);
    clock.advance(86_400_000);
    expect(missing.names).toEqual([]);
    warned.mockRestore();
  });
});
