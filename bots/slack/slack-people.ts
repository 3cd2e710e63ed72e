import { Injectable, Logger } from '@nestjs/common';
import { Clock, type Instant } from '../../src/jobs/clock.port.js';
import { SlackApi } from './slack-api.js';

/** Opening a form must not wait longer: its ticket is good for three seconds. */
const ASK_WITHIN_MS = 1500;
/** How long looking up an admin may take. */
const ADMIN_WITHIN_MS = 5000;
const KNOWN_FOR_MS = 600_000;
/** A failure is remembered shortly, so that a Slack in trouble does not slow every command down. */
const UNKNOWN_FOR_MS = 15_000;
const MAX_KNOWN = 1000;

/** What a Slack profile says, as far as the scopes let us see it. */
export interface SlackProfile {
  /** IANA zone; null: unknown. */
  readonly timeZone: string | null;
  /** Needs the scope users:read.email; null: unknown. */
  readonly email: string | null;
}

const UNKNOWN: SlackProfile = { timeZone: null, email: null };

/** Profiles of the people who ask. Never fails: what is not known in time is null. */
@Injectable()
export class SlackPeople {
  private readonly logger = new Logger(SlackPeople.name);
  private readonly known = new Map<string, { readonly profile: Promise<SlackProfile>; goodUntil: Instant }>();

  constructor(
    private readonly api: SlackApi,
    private readonly clock: Clock,
  ) {}

  /** The profile of somebody, asked for at most once in ten minutes. */
  async profile(user: string): Promise<SlackProfile> {
    const now = this.clock.now();
    const known = this.known.get(user);
    if (known !== undefined && known.goodUntil > now) return known.profile;
    if (this.known.size >= MAX_KNOWN) this.known.clear();
    const entry = { profile: this.ask(user), goodUntil: now + KNOWN_FOR_MS };
    this.known.set(user, entry);
    const profile = await entry.profile;
    if (profile === UNKNOWN) entry.goodUntil = now + UNKNOWN_FOR_MS;
    return profile;
  }

  /** Whether somebody is an admin or owner of the workspace; nobody is while Slack cannot be asked. */
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

  private async ask(user: string): Promise<SlackProfile> {
    try {
      const signal = AbortSignal.timeout(ASK_WITHIN_MS);
      const { user: found } = await this.api.ask((client) => client.users.info({ user }), signal);
      return { timeZone: found?.tz ?? null, email: found?.profile?.email ?? null };
    } catch (error) {
      this.logger.warn({ err: error }, 'a Slack profile could not be read');
      return UNKNOWN;
    }
  }
}
