import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Service } from '../../support/service/service.ts';
import { hasEnded, submitJob, untilJob } from '../../support/service/service-jobs.ts';
import { atMost, type Bench } from '../bench.ts';
import { watchMemory } from './family-watch.ts';

const PICTURES = fileURLToPath(new URL('./large-pictures.ts', import.meta.url));
const ASKED = 100;
const JOB_WITHIN_MS = 600_000;
const MB = 1e6;

/** P8: memory of the service and its decoder in a job of pictures that need the most memory to decode. */
export const memoryBench: Bench = {
  ids: ['P8'],
  async run({ say }) {
    say('painting pictures of 50 megapixels');
    const web = spawn(process.execPath, [PICTURES], { stdio: ['pipe', 'pipe', 'inherit'] });
    const [line] = await once(createInterface({ input: web.stdout }), 'line');
    const { url } = JSON.parse(String(line)) as { readonly url: string };
    const service = await Service.start({
      settings: { ENGINES: 'openverse', OPENVERSE_URL: url, ALLOW_PRIVATE_HOSTS: new URL(url).host },
    });
    try {
      const { id } = await submitJob(service, { query: 'large', count: ASKED, email: 'bench@example.org' });
      const ended = untilJob(service, id, hasEnded, JOB_WITHIN_MS);
      const { familyBytes, serviceBytes } = await watchMemory(service.pid, ended);
      const { delivered, progress } = await ended;
      const figures = { familyMb: familyBytes / MB, serviceMb: serviceBytes / MB, delivered };
      say(JSON.stringify({ ...figures, rejected: progress.rejected }));
      const what = 'memory of service and decoder, all pictures the worst there are';
      return [atMost({ id: 'P8', what, figure: figures.familyMb, unit: 'MB', runs: [figures] }, 900)];
    } finally {
      await service.remove();
      web.kill('SIGTERM');
    }
  },
};
