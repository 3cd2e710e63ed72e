import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const MAIN = new URL('../../replica/main.ts', import.meta.url).pathname;

const textOf = async (url: string): Promise<string> => (await fetch(url)).text();

describe('the replica as a program', () => {
  it('prints its addresses as one JSON line, answers there and ends with its input', async () => {
    const child = spawn(process.execPath, [MAIN, '--port', '0', '--ceiling', '20', '--web', 'clean']);
    const [line] = await once(createInterface({ input: child.stdout }), 'line');
    const { googleUrl, controlUrl, imageOrigins } = JSON.parse(String(line));
    expect(imageOrigins).toHaveLength(8);
    const page = await textOf(`${googleUrl}/search?q=elm&udm=2`);
    const catalogue = JSON.parse(await textOf(`${controlUrl}/_replica/catalogue?q=elm&count=2`));
    const stats = JSON.parse(await textOf(`${controlUrl}/_replica/stats`));
    expect(page).toContain(catalogue[1].docId);
    expect(stats.byKind).toEqual({ search: 1 });
    child.stdin.end();
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('ends on SIGTERM', async () => {
    const child = spawn(process.execPath, [MAIN, '--detached']);
    await once(createInterface({ input: child.stdout }), 'line');
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });
});
