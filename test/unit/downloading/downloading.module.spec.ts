import { tmpdir } from 'node:os';
import { Global, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { ConfigModule } from '../../../src/config/config.module.js';
import { parseSettings } from '../../../src/config/parse-settings.js';
import { Secrets } from '../../../src/config/secrets.js';
import { DownloadingModule } from '../../../src/downloading/downloading.module.js';
import { ImageCollector } from '../../../src/downloading/image-collector.js';
import { WorkFolder } from '../../../src/downloading/work-folder.js';
import { Clock } from '../../../src/jobs/clock.port.js';
import { AddressGuard } from '../../../src/network/address-guard.js';
import { GuardedHttp } from '../../../src/network/guarded-http.js';
import { TestClock } from '../../support/test-clock.js';

@Global()
@Module({ providers: [{ provide: Clock, useClass: TestClock }], exports: [Clock] })
class ClockModule {}

function compile(allowPrivateHosts: string) {
  const environment = { DATA_DIR: tmpdir(), ALLOW_PRIVATE_HOSTS: allowPrivateHosts };
  const config = ConfigModule.of(parseSettings(environment).settings, new Secrets(['a secret']));
  return Test.createTestingModule({ imports: [config, ClockModule, DownloadingModule] }).compile();
}

describe('DownloadingModule', () => {
  it('assembles collector, work folder and guarded HTTP, and closes them', async () => {
    const app = await compile('localhost:8080');
    expect(app.get(ImageCollector)).toBeInstanceOf(ImageCollector);
    expect(app.get(WorkFolder)).toBeInstanceOf(WorkFolder);
    const guard = app.get(AddressGuard, { strict: false });
    expect(guard.mayBePrivate('localhost', 8080)).toBe(true);
    expect(guard.mayBePrivate('localhost', 80)).toBe(false);
    const http = app.get(GuardedHttp, { strict: false });
    await app.close();
    const options = { signal: new AbortController().signal, answerDeadlineMs: 1000 };
    await expect(http.get('http://localhost:8080/', options)).rejects.toMatchObject({
      code: 'network.unreachable',
      context: { reason: 'CLOSED' },
    });
  });

  it('does not start with an invalid list of private hosts', async () => {
    await expect(compile('http://localhost')).rejects.toThrow('ALLOW_PRIVATE_HOSTS: "http://localhost"');
  });
});
