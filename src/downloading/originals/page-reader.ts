import { Inject, Injectable } from '@nestjs/common';
import { GuardedHttp, type HttpAnswer } from '../../network/guarded-http.js';
import { decodedBody } from '../fetching/body-decoding.js';
import { DOWNLOAD_LIMITS_TOKEN, type DownloadLimits } from '../download-limits.js';
import { Rejection } from '../../jobs/rejection.js';
import { rejectionOf } from '../fetching/rejection-of.js';
import { isOptedOut } from '../fetching/robots-tag.js';

/** The rest of a longer page is not read: its images come earlier. */
const MAX_PAGE_BYTES = 3_000_000;
const HEADERS = { accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.1', 'accept-encoding': 'gzip, br' };
const PAGE_TYPES = /^(?:text\/html|application\/xhtml\+xml)\b/i;

/** A web page as text, and its final address. */
export interface SourcePage {
  readonly text: string;
  readonly url: URL;
}

/** Fetches the source pages of images. */
@Injectable()
export class PageReader {
  constructor(
    private readonly http: GuardedHttp,
    @Inject(DOWNLOAD_LIMITS_TOKEN) private readonly limits: Pick<DownloadLimits, 'pageDeadlineMs'>,
  ) {}

  /** @throws Rejection with the reason; the signal's reason */
  async read(url: string, signal: AbortSignal): Promise<SourcePage> {
    const { pageDeadlineMs } = this.limits;
    const within = AbortSignal.any([signal, AbortSignal.timeout(pageDeadlineMs)]);
    try {
      const options = { signal: within, headers: HEADERS, answerDeadlineMs: pageDeadlineMs };
      const answer = await this.http.get(url, options);
      try {
        assertIsPage(answer);
        return { text: await textOf(answer), url: answer.finalUrl };
      } finally {
        answer.body.destroy();
      }
    } catch (error) {
      signal.throwIfAborted();
      throw within.aborted ? new Rejection('timeout', 'page', null, error) : rejectionOf(error, 'body');
    }
  }
}

function assertIsPage({ status, headers }: HttpAnswer): void {
  if (status !== 200) throw new Rejection('http_status', String(status));
  if (isOptedOut(headers['x-robots-tag'])) throw new Rejection('opted_out');
  if (!PAGE_TYPES.test(headers['content-type'] ?? 'text/html'))
    throw new Rejection('no_image_url', 'no page');
}

async function textOf({ body, headers }: HttpAnswer): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const decoded: AsyncIterable<Buffer> = decodedBody(body, headers['content-encoding']);
  for await (const chunk of decoded) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= MAX_PAGE_BYTES) break;
  }
  return decoderFor(headers['content-type'] ?? '').decode(Buffer.concat(chunks));
}

/** UTF-8 is good enough for an unstated or unknown charset, since addresses are mostly ASCII. */
function decoderFor(type: string): InstanceType<typeof TextDecoder> {
  const label = /charset="?([\w-]+)/i.exec(type)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(label);
  } catch (error) {
    if (error instanceof RangeError) return new TextDecoder();
    throw error;
  }
}
