import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addressesInHostsFile } from '../../../src/network/hosts-file.js';
import { TaskLimiter } from '../../../src/network/limited.js';
import { productVersion } from '../../../src/network/product-version.js';
import { SystemNameResolver } from '../../../src/network/system.name-resolver.js';
import { userAgent } from '../../../src/network/user-agent.js';

describe('addressesInHostsFile', () => {
  const file =
    '127.0.0.1 localhost\n# 1.1.1.1 images.test\n::1\tlocalhost ip6\n10.0.0.7  Images.Test img # x\n';

  it('finds every address of a name, whatever its case', () => {
    expect(addressesInHostsFile(file, 'localhost')).toEqual(['127.0.0.1', '::1']);
    expect(addressesInHostsFile(file, 'images.test')).toEqual(['10.0.0.7']);
  });

  it('finds nothing for missing names', () => {
    expect(addressesInHostsFile(file, 'x')).toEqual([]);
    expect(addressesInHostsFile('', 'localhost')).toEqual([]);
  });
});

describe('SystemNameResolver', () => {
  it('prefers the hosts file', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'hosts-')), 'hosts');
    await writeFile(path, '10.1.2.3 images.example.com\n');
    await expect(new SystemNameResolver(path).resolve('images.example.com')).resolves.toEqual(['10.1.2.3']);
  });

  it('fails for an unknown name', async () => {
    await expect(new SystemNameResolver('/nowhere/hosts').resolve('nothing.invalid')).rejects.toThrow(
      'nothing.invalid',
    );
  });

  it.each(['localhost', 'images.localhost', 'a.b.localhost'])(
    'knows that %s is this machine',
    async (name) => {
      const addresses = await new SystemNameResolver('/nowhere/hosts').resolve(name);
      expect(addresses).toEqual(['127.0.0.1', '::1']);
    },
  );
});

describe('TaskLimiter', () => {
  it('runs no more tasks at a time than allowed, the others in order', async () => {
    const limited = new TaskLimiter(2);
    const gates = Array.from({ length: 4 }, () => Promise.withResolvers<void>());
    const begun: number[] = [];
    const done = gates.map((gate, index) =>
      limited.run(async () => {
        begun.push(index);
        await gate.promise;
      }),
    );
    expect(begun).toEqual([0, 1]);
    gates[1]?.resolve();
    await done[1];
    expect(begun).toEqual([0, 1, 2]);
    for (const gate of gates) gate.resolve();
    await Promise.all(done);
    expect(begun).toEqual([0, 1, 2, 3]);
  });

  it('gives the place of a failed task to the next one', async () => {
    const limited = new TaskLimiter(1);
    await expect(limited.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(limited.run(() => Promise.resolve('yes'))).resolves.toBe('yes');
  });
});

describe('userAgent', () => {
  it('names the contact if there is one', () => {
    expect(userAgent('1.2.3', 'https://example.org/bot')).toBe('image-job/1.2.3 (https://example.org/bot)');
    expect(userAgent('1.2.3', null)).toBe('image-job/1.2.3');
  });

  it('lets no contact break the header', () => {
    expect(userAgent('1', 'a)\r\nX: (ü\\')).toBe('image-job/1 (aX:)');
  });
});

describe('productVersion', () => {
  it('is the version of the package', () => {
    expect(productVersion()).toMatch(/^\d+\.\d+\.\d+/);
  });

  it('throws if there is no package', () => {
    expect(() => productVersion('/')).toThrow('package.json');
  });
});
