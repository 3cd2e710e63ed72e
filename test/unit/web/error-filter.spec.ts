import { jest } from '@jest/globals';
import { Controller, Get, Logger, Module, ServiceUnavailableException } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { TestClock } from '../../support/test-clock.js';
import { ClientLeft } from '../../../src/web/http/request-signal.js';
import { WebErrorFilter } from '../../../src/web/http/web-error.filter.js';

@Controller()
class FailingController {
  @Get('unforeseen')
  unforeseen(): never {
    throw new Error('the password is hunter2');
  }

  @Get('left')
  left(): never {
    throw new ClientLeft('The client has left.');
  }

  @Get('unready')
  unready(): never {
    throw new ServiceUnavailableException({ status: 'error', details: { store: { status: 'down' } } });
  }
}

@Module({ controllers: [FailingController] })
class FailingModule {}

describe('the error filter', () => {
  let app: NestExpressApplication;
  beforeAll(async () => {
    const built = await Test.createTestingModule({ imports: [FailingModule] }).compile();
    app = built.createNestApplication<NestExpressApplication>({ logger: false });
    app.useGlobalFilters(new WebErrorFilter(new TestClock()));
    await app.listen(0, '127.0.0.1');
  });
  afterAll(() => app.close());

  const get = async (path: string, accept: string) =>
    fetch(`${await app.getUrl()}${path}`, { headers: { accept } });

  it.each(['text/html', 'application/json'])(
    'hides the details of an unexpected failure from %s',
    async (accept) => {
      const response = await get('/unforeseen', accept);
      const text = await response.text();
      expect(response.status).toBe(500);
      expect(response.headers.get('content-type')).toContain(
        accept === 'text/html' ? accept : 'application/problem+json',
      );
      expect(text).toContain('Something went wrong on our side');
      expect(text).not.toMatch(/hunter2|\.ts/);
    },
  );

  it('neither answers nor reports a client that has left', async () => {
    const log = jest.spyOn(Logger.prototype, 'error');
    await expect(get('/left', '*/*')).rejects.toThrow('fetch failed');
    expect(log).not.toHaveBeenCalled();
    log.mockRestore();
  });

  it('does not change a readiness report', async () => {
    const response = await get('/unready', '*/*');
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ status: 'error', details: { store: { status: 'down' } } });
  });
});
