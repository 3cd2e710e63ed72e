import type { Fetched } from '../../../src/downloading/fetching/image-fetcher.js';
import type { SeenImage } from '../../../src/downloading/judging/seen-image.js';
import type { ImageCollector } from '../../../src/downloading/image-collector.js';
import { loadBuilt } from '../load-built.ts';

/** A collector of the build; the caller must close it. */
export interface BuiltCollector {
  readonly collector: ImageCollector;
  close(): Promise<void>;
}

/** How to assemble the measured collector. */
export interface ProductOptions {
  readonly dataDir: string;
  readonly allowedHosts: readonly string[];
  /** false: files are hashed and written, but accepted as images without decoding. */
  readonly decodes: boolean;
}

/** Assembles the collector from the build as the service does, but without its framework. */
export async function builtCollector({
  dataDir,
  allowedHosts,
  decodes,
}: ProductOptions): Promise<BuiltCollector> {
  const built = {
    ...(await loadBuilt<typeof import('../../../src/network/address-guard.js')>('network/address-guard.js')),
    ...(await loadBuilt<typeof import('../../../src/network/allowed-hosts.js')>('network/allowed-hosts.js')),
    ...(await loadBuilt<typeof import('../../../src/network/guarded-http.js')>('network/guarded-http.js')),
    ...(await loadBuilt<typeof import('../../../src/network/system.name-resolver.js')>(
      'network/system.name-resolver.js',
    )),
    ...(await loadBuilt<typeof import('../../../src/downloading/download-limits.js')>(
      'downloading/download-limits.js',
    )),
    ...(await loadBuilt<typeof import('../../../src/downloading/originals/engine-previews.js')>(
      'downloading/originals/engine-previews.js',
    )),
    ...(await loadBuilt<typeof import('../../../src/downloading/judging/image-checker.js')>(
      'downloading/judging/image-checker.js',
    )),
    ...(await loadBuilt<typeof import('../../../src/downloading/image-collector.js')>(
      'downloading/image-collector.js',
    )),
    ...(await loadBuilt<typeof import('../../../src/downloading/fetching/image-fetcher.js')>(
      'downloading/fetching/image-fetcher.js',
    )),
    ...(await loadBuilt<typeof import('../../../src/downloading/judging/image-intake.js')>(
      'downloading/judging/image-intake.js',
    )),
    ...(await loadBuilt<typeof import('../../../src/downloading/originals/page-originals.js')>(
      'downloading/originals/page-originals.js',
    )),
    ...(await loadBuilt<typeof import('../../../src/downloading/originals/page-reader.js')>(
      'downloading/originals/page-reader.js',
    )),
    ...(await loadBuilt<typeof import('../../../src/imaging/decoding/process.image-inspector.js')>(
      'imaging/decoding/process.image-inspector.js',
    )),
    ...(await loadBuilt<typeof import('../../../src/imaging/image-memory.js')>('imaging/image-memory.js')),
    ...(await loadBuilt<typeof import('../../../src/downloading/work-folder.js')>(
      'downloading/work-folder.js',
    )),
    ...(await loadBuilt<typeof import('../../../src/jobs/system-clock.js')>('jobs/system-clock.js')),
    ...(await loadBuilt<typeof import('../../../src/config/parse-settings.js')>('config/parse-settings.js')),
  };
  const { settings } = built.parseSettings({ DATA_DIR: dataDir });
  const clock = new built.SystemClock();
  const guard = new built.AddressGuard(built.AllowedHosts.parse(allowedHosts));
  const http = new built.GuardedHttp(guard, new built.SystemNameResolver(), 'image-job/bench');
  const memory = new built.ImageMemory(settings.decodeMemoryBytes);
  const pool = new built.ProcessImageInspector(memory);
  const folder = new built.WorkFolder(settings);
  const fetcher = new built.ImageFetcher(http, clock, built.DOWNLOAD_LIMITS, settings);
  /** Accepts every file as an image that differs from all others, without decoding it. */
  class TrustingChecker extends built.ImageChecker {
    override check({ part, sha256, format }: Fetched): Promise<SeenImage> {
      const size = { width: 640, height: 480 };
      const file = { sha256, format, ...size, bytes: part.bytes, fingerprint: '' };
      const [miniature, thumbnail] = [new Uint8Array(), Buffer.alloc(0)];
      return Promise.resolve({
        file,
        ...size,
        frames: 1,
        miniature,
        thumbnail,
        features: null,
        plainness: () => 'picture',
      });
    }
  }
  const checker = decodes ? new built.ImageChecker(pool) : new TrustingChecker(pool);
  const limits = built.DOWNLOAD_LIMITS;
  const previews = new built.EnginePreviews(fetcher, checker, folder, limits);
  const pages = new built.PageOriginals(new built.PageReader(http, limits), previews);
  const intake = new built.ImageIntake(fetcher, checker, folder, previews);
  return {
    collector: new built.ImageCollector(intake, pages, folder, { clock, limits, settings }),
    async close() {
      pool.onApplicationShutdown();
      await http.onApplicationShutdown();
    },
  };
}
