import { jest } from '@jest/globals';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Server } from 'node:net';
import { RoomyExpressAdapter } from '../../../src/web/http/roomy-express-adapter.js';

@Module({})
class EmptyModule {}

describe('the web server', () => {
  it('accepts a crowd of waiting connections', async () => {
    const listen = jest.spyOn(Server.prototype, 'listen');
    const app = await NestFactory.create(EmptyModule, new RoomyExpressAdapter(), { logger: false });
    await app.listen(0, '127.0.0.1');
    expect(listen.mock.calls[0]?.[0]).toMatchObject({ host: '127.0.0.1', port: 0, backlog: 4096 });
    expect(await app.getUrl()).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    await app.close();
    listen.mockRestore();
  });
});
