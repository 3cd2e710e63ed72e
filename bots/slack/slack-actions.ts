import { Logger } from '@nestjs/common';
import type { RawFields } from '../../src/validation/problem.js';
import { answered } from '../conversation/answered.js';
import type { ChatControls } from '../conversation/chat-controls.js';
import type { Asker, ChatRequests } from '../conversation/chat-requests.js';
import { type Command, readCommand } from '../conversation/command.js';
import type { JobAction, Reply } from '../conversation/reply.js';
import type { BurstGate } from '../conversation/burst-gate.js';
import type { SlackAnswers } from './slack-answers.js';
import type { SlackOrigin, SlackPress } from './slack-origin.js';
import type { SlackPeople, SlackProfile } from './api/slack-people.js';
import { typedText } from './api/slack-text.js';

/** Actions that make a new job. */
const MAKES_A_JOB: readonly JobAction[] = ['retry', 'missing', 'next'];

/** Runs acknowledged requests of Slack. Methods never reject: a failure becomes an answer. */
export class SlackActions {
  private readonly logger = new Logger(SlackActions.name);
  private readonly open = new Set<Promise<void>>();

  constructor(
    private readonly chatRequests: ChatRequests,
    private readonly controls: ChatControls,
    private readonly people: SlackPeople,
    private readonly answers: SlackAnswers,
    private readonly burstGate: BurstGate,
  ) {}

  /** Runs a slash command with text; SlackForms handles the command without text. */
  async command(text: string, origin: SlackOrigin): Promise<void> {
    // Parse after the burst gate: finding times in a text takes longer than the rest of an acknowledgement.
    await this.reply(origin, () => this.make(readCommand(typedText(text)), origin));
  }

  /** Submits a valid form. */
  async form(fields: Readonly<Record<string, unknown>>, origin: SlackOrigin): Promise<void> {
    await this.reply(origin, async () => {
      const { email } = await this.people.profile(origin.user);
      await this.burstGate.pass();
      return this.chatRequests.ask(askerOf(origin, email), fields, origin.interactionId);
    });
  }

  /** Runs the action of a button. */
  async press(action: JobAction, jobId: string, origin: SlackPress): Promise<void> {
    await this.reply(origin, async () => {
      // A new job needs the e-mail address of its asker, for when Slack fails.
      const { email } = MAKES_A_JOB.includes(action)
        ? await this.people.profile(origin.user)
        : { email: null };
      const by = askerOf(origin, email);
      const isAdmin = (): Promise<boolean> => this.people.isAdmin(origin.user);
      const { reply, message } = await this.controls.press({ action, jobId, by, isAdmin });
      if (message !== null && origin.pressed !== null) await this.answers.replace(origin.pressed, message);
      return reply;
    });
  }

  /** Resolves when every acknowledged request was answered. */
  async idle(): Promise<void> {
    await Promise.all(this.open);
  }

  private async make(command: Command, origin: SlackOrigin): Promise<Reply | null> {
    if (command.kind === 'help' || command.kind === 'form') return this.chatRequests.help();
    if (command.kind === 'search') {
      const { timeZone, email } = await this.profileFor(command.fields, origin.user);
      const fields = { ...(timeZone === null ? {} : { timeZone }), ...command.fields };
      await this.burstGate.pass();
      return this.chatRequests.ask(askerOf(origin, email), fields, origin.interactionId);
    }
    if (command.kind === 'cancel') return this.controls.cancelByAddress(command.job);
    return this.chatRequests.list(askerOf(origin, null));
  }

  /** Waits for the profile only if the request cannot be read without its time zone. */
  private async profileFor(fields: RawFields, user: string): Promise<SlackProfile> {
    const profile = await this.people.profile(user);
    if (profile.timeZone !== null) return profile;
    const checked = this.chatRequests.check(fields);
    const lacksZone = !checked.ok && checked.problems.some(({ code }) => code === 'timeZone.missing');
    return lacksZone ? this.people.patientProfile(user) : profile;
  }

  private async reply(origin: SlackOrigin, make: () => Promise<Reply | null>): Promise<void> {
    const work = this.makeAndTell(origin, make).finally(() => this.open.delete(work));
    this.open.add(work);
    await work;
  }

  private async makeAndTell(origin: SlackOrigin, make: () => Promise<Reply | null>): Promise<void> {
    this.burstGate.arrived();
    await this.burstGate.pass();
    const reply = await answered(make, this.logger);
    if (reply !== null) await this.answers.answer(origin, reply);
  }
}

function askerOf({ team, conversation, user }: SlackOrigin, email: string | null): Asker {
  return { channel: 'slack', address: { team, conversation, user }, email };
}
