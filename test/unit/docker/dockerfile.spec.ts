import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { parseSettings } from '../../../src/config/parse-settings.js';
import { type Instruction, readComposeFile, readDockerfile } from '../../support/compose-file.js';

const stages = readDockerfile('Dockerfile');
const [build = [], final = []] = stages;
const one = (stage: readonly Instruction[], name: string): string =>
  stage.find((instruction) => instruction.name === name)?.text ?? '';
const words = (text: string): string[] => JSON.parse(text) as string[];

/** The health check commands by file or service. */
const checks: [string, string[]][] = [
  ['Dockerfile', words(one(final, 'HEALTHCHECK').split(' CMD ')[1] ?? '[]')],
  ...Object.entries(readComposeFile('docker-compose.yml').services)
    .filter(([, service]) => service.build !== undefined)
    .map(([name, { healthcheck }]): [string, string[]] => [name, [...(healthcheck?.test.slice(1) ?? [])]]),
];

describe('the Dockerfile', () => {
  it('builds on the slim Node image, and starts the final stage from it again', () => {
    expect(stages.map((stage) => one(stage, 'FROM'))).toEqual(['node:24-slim AS build', 'node:24-slim']);
    expect(one(final, 'USER')).toBe('node');
    expect(final.at(-1)?.name).toBe('CMD');
  });

  it('copies only files that exist and are not ignored', () => {
    const allowed = readFileSync('.dockerignore', 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    const copied = [...build, ...final]
      .filter(({ name, text }) => name === 'COPY' && !text.startsWith('--from'))
      .flatMap(({ text }) => text.split(' ').slice(0, -1));
    expect(copied.length).toBeGreaterThan(5);
    for (const path of copied) {
      expect(existsSync(path)).toBe(true);
      expect(allowed).toContain(path);
    }
  });

  it('starts what `npm start` starts, with the same options', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } };
    const [, started = ''] = /exec (node .*)$/.exec(scripts.start) ?? [];
    const expected = started.split(' ').filter((word) => !word.startsWith('--env-file'));
    expect(words(one(final, 'CMD'))).toEqual(expected);
  });

  it('sets only existing settings', () => {
    const environment = Object.fromEntries(
      one(final, 'ENV')
        .split(' ')
        .map((pair) => pair.split('='))
        .filter(([name]) => name !== 'NODE_ENV'),
    ) as Record<string, string>;
    const { settings, warnings } = parseSettings(environment);
    expect(warnings).toEqual([]);
    expect(settings).toMatchObject({ host: '0.0.0.0', port: 3000, dataDir: '/data' });
    expect(one(final, 'EXPOSE')).toBe('3000');
    expect(one(final, 'VOLUME')).toBe('/data');
  });
});

describe.each(checks)('the health check of %s', (_name, [node, flag, script = '']) => {
  /** Runs the command, with another port. @returns its exit code */
  function check(port: number): Promise<number> {
    const asked = script.replace('127.0.0.1:3000', `127.0.0.1:${port}`);
    expect([node, asked]).toEqual(['node', expect.stringContaining(`:${port}/`)]);
    return new Promise((resolve) => {
      execFile(process.execPath, [flag ?? '', asked], (error) => resolve(Number(error?.code ?? 0)));
    });
  }

  it.each([
    [200, 0],
    [503, 1],
  ])('turns status %d into exit code %d', async (status, code) => {
    const server = createServer((request, response) => {
      response.writeHead(/^\/(?:healthz|readyz)$/.test(request.url ?? '') ? status : 404).end();
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    expect(await check(typeof address === 'object' ? (address?.port ?? 0) : 0)).toBe(code);
    server.close();
  });

  it('fails if there is no answer', async () => {
    expect(await check(1)).toBe(1);
  });
});
