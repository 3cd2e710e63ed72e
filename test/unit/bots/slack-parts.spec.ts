import { webApi } from '@slack/bolt';
import { SlackApi } from '../../../bots/slack/api/slack-api.js';
import { slackMessage } from '../../../bots/slack/api/slack-message.js';
import { slackFailure } from '../../../bots/slack/api/slack-failure.js';
import { escapeSlack, slackPlainText, richText, typedText } from '../../../bots/slack/api/slack-text.js';
import { isFromSlack } from '../../../bots/slack/gateway/verify-slack.js';
import { fc } from '../../support/properties.js';
import { readInBlocks } from '../../support/chat/slack-messages.js';

/** The request that Slack's own documentation signs. @see https://docs.slack.dev/authentication/verifying-requests-from-slack */
const PUBLISHED = {
  secret: '8f742231b10e8888abcd99yyyzzz85a5',
  timestamp: '1531420618',
  signature: 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
  body: Buffer.from(
    'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c',
  ),
};
const AT = Number(PUBLISHED.timestamp) * 1000;

describe("Slack's signature", () => {
  it('is right on the published example, for five minutes either way', () => {
    const check = (now: number): boolean => isFromSlack(PUBLISHED, PUBLISHED.secret, now);
    expect([AT - 300_001, AT - 300_000, AT, AT + 300_000, AT + 300_001].map(check)).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
  });

  it('is wrong after any change of a byte, the time or the secret', () => {
    fc.assert(
      fc.property(fc.nat(PUBLISHED.body.length - 1), fc.integer({ min: 1, max: 255 }), (index, change) => {
        const body = Buffer.from(PUBLISHED.body);
        body[index] = (body[index] ?? 0) ^ change;
        expect(isFromSlack({ ...PUBLISHED, body }, PUBLISHED.secret, AT)).toBe(false);
      }),
    );
    expect(isFromSlack({ ...PUBLISHED, timestamp: '1531420619' }, PUBLISHED.secret, AT)).toBe(false);
    expect(isFromSlack(PUBLISHED, `${PUBLISHED.secret}x`, AT)).toBe(false);
  });

  it.each(['', 'v0=', 'v1=00', `v0=${'g'.repeat(64)}`, `v0=${'a'.repeat(63)}`])(
    'is never «%s»',
    (signature) => {
      expect(isFromSlack({ ...PUBLISHED, signature }, PUBLISHED.secret, AT)).toBe(false);
    },
  );

  it.each(['', 'now', '1531420618.5', '-1531420618', '9'.repeat(20)])(
    'is never of the time «%s»',
    (timestamp) => {
      expect(isFromSlack({ ...PUBLISHED, timestamp }, PUBLISHED.secret, AT)).toBe(false);
    },
  );
});

describe("a call of Slack's API", () => {
  it('is not made after an abort: its failure would be unhandled', async () => {
    const api = new SlackApi(new webApi.WebClient('xoxb-test'));
    const calls: unknown[] = [];
    const call = (client: unknown): Promise<never> => {
      calls.push(client);
      return Promise.reject(new Error('unheard'));
    };
    await expect(api.ask(call, AbortSignal.abort())).rejects.toMatchObject({ kind: 'later' });
    await expect(api.change(call, AbortSignal.abort())).rejects.toMatchObject({ kind: 'later' });
    expect(calls).toEqual([]);
  });
});

describe('text for Slack', () => {
  it('mentions nobody and links nothing, for any content', () => {
    const parts = fc.constantFrom(
      '<!channel>',
      '<@U1>',
      '&',
      '<https://evil.example|x>',
      '&lt;',
      '🐼',
      'панда',
      '|',
      '*',
    );
    fc.assert(
      fc.property(fc.array(parts), (list) => {
        const text = list.join('');
        const url = 'https://pics.example/d/x';
        expect(slackPlainText([text, { bold: text }, { label: text, url }])).not.toMatch(/[<>]/);
        expect(richText([text, { bold: text }, { label: text, url }])).toEqual([
          ...(text === '' ? [] : [{ type: 'text', text }]),
          { type: 'text', text, style: { bold: true } },
          { type: 'link', url, text },
        ]);
      }),
    );
  });

  it('keeps the moments and emoji of Discord that come unescaped', () => {
    const text = '<t:1800000000:F> <t:1800000000> <:panda:123456789012345678> <a:parrot:123456789012345678>';
    expect(typedText(text)).toBe(text);
  });

  it('is restored from Slack as typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => expect(typedText(escapeSlack(text))).toBe(text)),
    );
    expect(typedText('<@U1|ana> in <#C1|cats> &amp; <!here> <https://a.example>')).toBe(
      '@ana in #cats & @here https://a.example',
    );
  });

  it('stays within the block limits of Slack for any number of lines', () => {
    const lines = Array.from({ length: 400 }, (_, index) => [`${index} ${'x'.repeat(200)}`]);
    const { blocks, text } = slackMessage({ lines, buttons: [] });
    const lengths = blocks.map((block) => readInBlocks([block]).length);
    expect(Math.max(...lengths)).toBeGreaterThan(2000);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(3000);
    expect(blocks.length).toBeLessThanOrEqual(50);
    expect(text.length).toBeLessThanOrEqual(3000);
  });
});

describe('a failed call', () => {
  const platform = (error: string): object => ({
    code: 'slack_webapi_platform_error',
    data: { ok: false, error },
  });
  it.each([
    [platform('not_in_channel'), 'place_gone'],
    [platform('user_disabled'), 'person_gone'],
    [platform('token_revoked'), 'no_access'],
    [platform('fatal_error'), 'later'],
    [platform('<html>502 Bad Gateway</html>'), 'later'],
    [platform('msg_too_long'), 'refused'],
    [{ retryAfter: 7 }, 'later'],
    [{ statusCode: 503 }, 'later'],
    [{ statusCode: 404 }, 'refused'],
    [{ original: { cause: { code: 'ECONNREFUSED' } } }, 'later'],
    [{ original: { cause: { code: 'UND_ERR_SOCKET' } } }, 'unclear'],
    ['something else', 'unclear'],
  ])('means what can be done about it: %j', (error, kind) => {
    expect(slackFailure(error).kind).toBe(kind);
  });

  it('keeps the wait that Slack asked for', () => {
    expect(slackFailure({ retryAfter: 7 }).retryAfterMs).toBe(7000);
  });
});
