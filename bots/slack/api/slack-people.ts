import { Logger } from '@nestjs/common';
import type { Clock, Instant } from '../../../src/jobs/clock.port.js';
import { ChatFailure } from '../../chat-failure.js';
import { pauseOrStop } from '../../../src/jobs/timing/pause.js';
import type { SlackApi } from './slack-api.js';

/** Maximum wait before a form opens: its trigger id is valid for three seconds. */
const ASK_WITHIN_MS = 1500;
/** Deadline for looking up an admin. */
const ADMIN_WITHIN_MS = 5000;
const KNOWN_FOR_MS = 600_000;
/** Remembers failures for a short time, so that trouble at Slack does not slow every command down. */
const UNKNOWN_FOR_MS = 15_000;
const UNREACHED_FOR_MS = 2000;
/** Maximum wait for a profile without which a request cannot be read. */
const PATIENCE_MS = 30_000;
const MAX_KNOWN = 1000;

/** A Slack profile, as far as the scopes of the app show it. */
export interface SlackProfile {
  /** IANA zone; null: unknown. */
  readonly timeZone: string | null;
  /** Needs the scope users:read.email; null: unknown. */
  readonly email: string | null;
}

/** The result of reading a profile. */
interface Asked {
  readonly profile: SlackProfile;
  readonly goodForMs: number;
  /** Whether a later try may succeed. */
  readonly isPassing: boolean;
}

interface Known {
  readonly asked: Promise<Asked>;
  goodUntil: Instant;
}

/** Profiles of the people who ask. Never fails: facts that are not known in time are null. */
export class SlackPeople {
  private readonly logger = new Logger(SlackPeople.name);
  private readonly known = new Map<string, Known>();

  constructor(
    private readonly api: SlackApi,
    private readonly clock: Clock,
    private readonly stopping: AbortSignal,
  ) {}

  /** The profile of a person, read at most once in ten minutes. */
  async profile(user: string): Promise<SlackProfile> {
    return (await this.ask(user)).profile;
  }

  /** The profile of a person who can wait, with the waits that Slack asks for after too many calls. */
  async patientProfile(user: string): Promise<SlackProfile> {
    const latestMs = this.clock.monotonicMs() + PATIENCE_MS;
    for (;;) {
      const { profile, goodForMs, isPassing } = await this.ask(user);
      if (!isPassing || this.clock.monotonicMs() + goodForMs > latestMs) return profile;
      if (!(await pauseOrStop(goodForMs, this.stopping))) return profile;
      this.known.delete(user);
    }
  }

  /** Whether a person is an admin or owner of the workspace; false while Slack cannot be asked. */
  async isAdmin(user: string): Promise<boolean> {
    try {
      const signal = AbortSignal.timeout(ADMIN_WITHIN_MS);
      const { user: found } = await this.api.ask((client) => client.users.info({ user }), signal);
      return found?.is_admin === true || found?.is_owner === true;
    } catch (error) {
      this.logger.warn({ err: error }, 'Slack did not say who is an admin');
      return false;
    }
  }

  private async ask(user: string): Promise<Asked> {
    const now = this.clock.now();
    const known = this.known.get(user);
    if (known !== undefined && known.goodUntil > now) return known.asked;
    if (this.known.size >= MAX_KNOWN) this.known.clear();
    const entry: Known = { asked: this.askSlack(user), goodUntil: now + KNOWN_FOR_MS };
    this.known.set(user, entry);
    const asked = await entry.asked;
    entry.goodUntil = now + asked.goodForMs;
    return asked;
  }

  private async askSlack(user: string): Promise<Asked> {
    try {
      const signal = AbortSignal.timeout(ASK_WITHIN_MS);
      const { user: found } = await this.api.ask((client) => client.users.info({ user }), signal);
      const profile = { timeZone: found?.tz ?? null, email: found?.profile?.email ?? null };
      return { profile, goodForMs: KNOWN_FOR_MS, isPassing: false };
    } catch (error) {
      this.logger.warn({ err: error }, 'a Slack profile could not be read');
      const isPassing = error instanceof ChatFailure && error.kind === 'later';
      const goodForMs = isPassing ? (error.retryAfterMs ?? UNREACHED_FOR_MS) : UNKNOWN_FOR_MS;
      return { profile: { timeZone: null, email: null }, goodForMs, isPassing };
    }
  }
}
