import { Logger } from '@nestjs/common';
import { pause } from '../../../src/jobs/timing/pause.js';
import { SLACK_CALL_WITHIN_MS, type SlackApi } from './slack-api.js';

/** Slack usually needs this long before it can show an uploaded picture. */
const READY_AFTER_MS = 600;
/** Number of remembered uploads; a message that Slack puts off is tried again within minutes. */
const MOST_REMEMBERED = 500;
const TITLE = 'image-job.jpg';

/**
 * Uploads pictures, so that Slack can show them even if this service is behind a firewall. Needs the scope
 * files:write.
 */
export class SlackPictures {
  private readonly logger = new Logger(SlackPictures.name);

  /** Ids of files by the messages they were uploaded for. */
  private readonly uploaded = new Map<string, string>();

  constructor(private readonly api: SlackApi) {}

  /**
   * Uploads a picture, once for each message, and gives Slack a moment to get it ready.
   * @returns the id of the file, or null if the upload failed: the message is sent without the picture
   */
  async upload(message: string, picture: Buffer, signal: AbortSignal): Promise<string | null> {
    const known = this.uploaded.get(message);
    if (known !== undefined) return known;
    try {
      const id = await this.uploadInSteps(picture, signal);
      if (id !== null) this.remember(message, id);
      await pause(READY_AFTER_MS, signal);
      return id;
    } catch (error) {
      this.logger.warn({ err: error }, 'the pictures of an end message could not be uploaded');
      return null;
    }
  }

  private remember(message: string, id: string): void {
    this.uploaded.set(message, id);
    const [oldest] = this.uploaded.keys();
    if (this.uploaded.size > MOST_REMEMBERED && oldest !== undefined) this.uploaded.delete(oldest);
  }

  /** @see https://docs.slack.dev/messaging/working-with-files#uploading_files */
  private async uploadInSteps(picture: Buffer, signal: AbortSignal): Promise<string | null> {
    const place = await this.api.ask(
      (client) => client.files.getUploadURLExternal({ filename: TITLE, length: picture.length }),
      signal,
    );
    if (place.upload_url === undefined || place.file_id === undefined) return null;
    const { upload_url: url, file_id: id } = place;
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(SLACK_CALL_WITHIN_MS)]);
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
