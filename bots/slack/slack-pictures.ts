import { Injectable, Logger } from '@nestjs/common';
import { CALL_WITHIN_MS, SlackApi } from './slack-api.js';

const TITLE = 'image-job.jpg';

/**
 * Uploads pictures, so that Slack can show them without reaching this service, which may well be behind a
 * firewall. Needs the scope files:write.
 */
@Injectable()
export class SlackPictures {
  private readonly logger = new Logger(SlackPictures.name);

  constructor(private readonly api: SlackApi) {}

  /** @returns the file's id, or null where it could not be uploaded: the message goes without it */
  async upload(picture: Buffer, signal: AbortSignal): Promise<string | null> {
    try {
      return await this.uploadInSteps(picture, signal);
    } catch (error) {
      this.logger.warn({ err: error }, 'the pictures of an end message could not be uploaded');
      return null;
    }
  }

  /** @see https://docs.slack.dev/messaging/working-with-files#uploading_files */
  private async uploadInSteps(picture: Buffer, signal: AbortSignal): Promise<string | null> {
    const place = await this.api.ask(
      (client) => client.files.getUploadURLExternal({ filename: TITLE, length: picture.length }),
      signal,
    );
    if (place.upload_url === undefined || place.file_id === undefined) return null;
    const { upload_url: url, file_id: id } = place;
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(CALL_WITHIN_MS)]);
    const answer = await fetch(url, { method: 'POST', body: new Uint8Array(picture), signal: deadline });
    await answer.arrayBuffer();
    if (!answer.ok) return null;
    await this.api.ask(
      (client) => client.files.completeUploadExternal({ files: [{ id, title: TITLE }] }),
      signal,
    );
    return id;
  }
}
