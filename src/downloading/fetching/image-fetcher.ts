import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS_TOKEN, type Settings } from '../../config/settings.js';
import { Clock } from '../../jobs/clock.port.js';
import { GuardedHttp, type HttpAnswer } from '../../network/guarded-http.js';
import type { ImageFormat } from '../../jobs/image-record.js';
import { assertAcceptable } from './answer-checks.js';
import { decodedBody } from './body-decoding.js';
import { bytesInDataUrl } from '../originals/data-url.js';
import { DOWNLOAD_LIMITS_TOKEN, type DownloadLimits } from '../download-limits.js';
import type { BudgetAccount } from '../job-budget.js';
import { PaceWatch } from './pace-watch.js';
import { PartFile } from './part-file.js';
import { Rejection } from '../../jobs/rejection.js';
import { rejectionOf } from './rejection-of.js';
import { SIGNATURE_BYTES, signatureOf } from './image-signature.js';

/** A complete file that begins like an image. */
export interface Fetched {
  readonly part: PartFile;
  readonly sha256: string;
  readonly format: ImageFormat;
}

/** One image to fetch. */
export interface FetchOrder {
  /** A web address, or a `data:` address, which contains the image itself. */
  readonly url: string;
  /** The page that shows the image, for hosts that want it; null: not sent. */
  readonly referer: string | null;
  /** Gets the length of every chunk, and throws to stop a download over the budget. */
  readonly account: Pick<BudgetAccount, 'spend'>;
}

/** Any image: some servers send something other than the original to clients that name modern formats. */
const HEADERS = { accept: 'image/*,*/*;q=0.5', 'accept-encoding': 'identity' };

/** Downloads one image into a part file, and gives up early on what cannot be an image. */
@Injectable()
export class ImageFetcher {
  constructor(
    private readonly http: GuardedHttp,
    private readonly clock: Clock,
    @Inject(DOWNLOAD_LIMITS_TOKEN) private readonly limits: DownloadLimits,
    @Inject(SETTINGS_TOKEN) private readonly settings: Pick<Settings, 'maxImageBytes'>,
  ) {}

  /**
   * @param partPath where to write; nothing is left there unless this fulfils
   * @throws Rejection with the reason; AppError `disk.full`, `disk.not_writable`; the signal's reason
   */
  async fetch(order: FetchOrder, partPath: string, signal: AbortSignal): Promise<Fetched> {
    const stop = new AbortController();
    const passOn = (): void => stop.abort(signal.reason);
    const total = setTimeout(
      () => stop.abort(new Rejection('timeout', 'total')),
      this.limits.totalDeadlineMs,
    );
    signal.addEventListener('abort', passOn, { once: true });
    try {
      signal.throwIfAborted();
      const bytes = bytesInDataUrl(order.url);
      if (bytes !== null) return await this.keep([bytes], partPath, order.account, stop);
      return await this.download(order, partPath, stop);
    } catch (error) {
      throw stop.signal.aborted ? stop.signal.reason : rejectionOf(error, 'head');
    } finally {
      clearTimeout(total);
      signal.removeEventListener('abort', passOn);
    }
  }

  private async download(order: FetchOrder, partPath: string, stop: AbortController): Promise<Fetched> {
    const { answerDeadlineMs } = this.limits;
    const headers = order.referer === null ? HEADERS : { ...HEADERS, referer: order.referer };
    const answer = await this.http.get(order.url, { signal: stop.signal, headers, answerDeadlineMs });
    try {
      assertAcceptable(answer, this.settings.maxImageBytes, this.clock.now());
      return await this.receive(answer, partPath, order.account, stop);
    } finally {
      answer.body.destroy();
    }
  }

  private async receive(
    answer: HttpAnswer,
    partPath: string,
    account: FetchOrder['account'],
    stop: AbortController,
  ): Promise<Fetched> {
    const body = decodedBody(answer.body, answer.headers['content-encoding']);
    return this.keep(body, partPath, account, stop);
  }

  private async keep(
    body: AsyncIterable<Buffer> | readonly Buffer[],
    partPath: string,
    account: FetchOrder['account'],
    stop: AbortController,
  ): Promise<Fetched> {
    const part = await PartFile.create(partPath);
    try {
      const head = await this.copy(body, part, account, stop);
      return { part, format: formatOf(head), sha256: await part.finish() };
    } catch (error) {
      await part.discard();
      throw rejectionOf(error, 'body');
    }
  }

  /** @returns the first bytes */
  private async copy(
    body: AsyncIterable<Buffer> | readonly Buffer[],
    part: PartFile,
    account: FetchOrder['account'],
    stop: AbortController,
  ): Promise<Buffer> {
    using pace = new PaceWatch(this.limits, this.clock, (rejection) => stop.abort(rejection));
    let head: Buffer = Buffer.alloc(0);
    for await (const chunk of body) {
      pace.note(chunk.length);
      if (part.bytes + chunk.length > this.settings.maxImageBytes) throw new Rejection('too_large');
      account.spend(chunk.length);
      if (head.length < SIGNATURE_BYTES) {
        head = Buffer.concat([head, chunk.subarray(0, SIGNATURE_BYTES)]);
        if (head.length >= SIGNATURE_BYTES) formatOf(head);
      }
      await part.write(chunk);
    }
    return head;
  }
}

/** @throws Rejection `empty`, `unsupported_format`, `not_an_image` */
function formatOf(head: Buffer): ImageFormat {
  if (head.length === 0) throw new Rejection('empty');
  const signature = signatureOf(head);
  if (signature.kind === 'unsupported') throw new Rejection('unsupported_format', signature.name);
  if (signature.kind === 'no_image') throw new Rejection('not_an_image');
  return signature.format;
}
