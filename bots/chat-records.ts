import { Injectable } from '@nestjs/common';
import { Clock, type Instant } from '../src/jobs/clock.port.js';
import type { Job, JobId } from '../src/jobs/job.js';
import { KeyedStore } from '../src/jobs/keyed-store.port.js';
import type { ChatChannel } from '../src/jobs/channels.js';
import type { ChatAddress } from './chat-address.js';
import type { MessageRef } from './chat-platform.port.js';

/** Longer than any platform's signature or interaction lives. */
const INTERACTION_KEPT_MS = 3_600_000;

/** The records of the chat doors besides jobs. Fails like KeyedStore. */
@Injectable()
export class ChatRecords {
  constructor(
    private readonly store: KeyedStore,
    private readonly clock: Clock,
  ) {}

  /** Records the asker of a job. @param email address to use if the platform fails; null: none */
  async rememberJob(channel: ChatChannel, who: ChatAddress, job: Job, email: string | null): Promise<void> {
    const place = { kind: 'chat_job', key: personKey(channel, who), item: job.id } as const;
    await this.store.put({ ...place, value: JSON.stringify({ email }), expiresAt: job.purgeAt });
  }

  /** @returns the jobs that a person asked for; some may be deleted already */
  async jobsOf(channel: ChatChannel, who: ChatAddress): Promise<JobId[]> {
    const entries = await this.store.list('chat_job', personKey(channel, who), this.clock.now());
    return entries.map(({ item }) => item);
  }

  /** @returns the e-mail address of the asker to use if the platform fails, or null */
  async emailInstead(channel: ChatChannel, who: ChatAddress, jobId: JobId): Promise<string | null> {
    const place = { kind: 'chat_job', key: personKey(channel, who), item: jobId } as const;
    const entry = await this.store.get(place, this.clock.now());
    if (entry === null) return null;
    const { email } = JSON.parse(entry.value) as { readonly email: string | null };
    return email;
  }

  /** Deletes the record of a job's asker. */
  async forgetJob(channel: ChatChannel, who: ChatAddress, jobId: JobId): Promise<void> {
    await this.store.delete({ kind: 'chat_job', key: personKey(channel, who), item: jobId });
  }

  /** Records the message that shows a job's progress. */
  async saveProgressMessage(channel: ChatChannel, job: Job, ref: MessageRef): Promise<void> {
    const place = { kind: 'chat_message', key: channel, item: job.id } as const;
    await this.store.put({ ...place, value: JSON.stringify(ref), expiresAt: job.purgeAt });
  }

  /** @returns the messages that still need edits */
  async progressMessages(channel: ChatChannel): Promise<{ jobId: JobId; ref: MessageRef }[]> {
    const entries = await this.store.list('chat_message', channel, this.clock.now());
    return entries.map(({ item, value }) => ({ jobId: item, ref: JSON.parse(value) as MessageRef }));
  }

  /** Deletes the record of a progress message after its last edit. */
  async forgetProgressMessage(channel: ChatChannel, jobId: JobId): Promise<void> {
    await this.store.delete({ kind: 'chat_message', key: channel, item: jobId });
  }

  /** Records the time zone that a person chose. */
  async saveZone(channel: ChatChannel, user: string, timeZone: string, until: Instant | null): Promise<void> {
    const place = { kind: 'chat_zone', key: channel, item: user } as const;
    await this.store.put({ ...place, value: timeZone, expiresAt: until });
  }

  /** @returns the recorded time zone, or null */
  async zoneOf(channel: ChatChannel, user: string): Promise<string | null> {
    const entry = await this.store.get({ kind: 'chat_zone', key: channel, item: user }, this.clock.now());
    return entry?.value ?? null;
  }

  /** Claims an interaction. @returns whether no process has claimed it before */
  async isFirstTime(channel: ChatChannel, interactionId: string): Promise<boolean> {
    const now = this.clock.now();
    const place = { kind: 'chat_seen', key: `${channel}/${interactionId}`, item: '' } as const;
    return this.store.putIfAbsent({ ...place, value: '', expiresAt: now + INTERACTION_KEPT_MS }, now);
  }
}

/** Leaves out the team: in a direct message people list jobs that they asked for in any team. */
function personKey(channel: ChatChannel, { user }: ChatAddress): string {
  return `${channel}/${user}`;
}
