import type { Socket } from 'node:net';
import { AppError } from '../../../src/jobs/app-error.js';
import { EmailNotifier } from '../../../src/notifications/mail/email.notifier.js';
import {
  type SmtpDeadlines,
  SmtpMailTransport,
} from '../../../src/notifications/mail/smtp.mail-transport.js';
import { type MailServer, startMailServer, startRudeServer } from '../../support/mail/smtp-replica.js';
import { idOf } from '../../support/sample-jobs.js';
import { GIVEN, messagesOf, noticeOf, runningJob } from '../../unit/notifications/samples.js';

const MAIL = {
  jobId: idOf('mail'),
  slot: 'end',
  from: 'image-job@example.org',
  to: 'ann@example.org',
  bytes: Buffer.from('Subject: hello\r\n\r\n.\r\na line that begins with a dot was before this\r\n'),
} as const;
const NEVER = new AbortController().signal;
const YES = async () => true;
/** For servers that never send the expected line. */
const IMPATIENT = { connectMs: 300, greetingMs: 300, silenceMs: 300 };

const refusal = (responseCode: number) => Object.assign(new Error('no'), { responseCode });

/** Answers commands like a server until `command`, which `then` handles. */
function politeUntil(command: string, then: (socket: Socket) => void): (socket: Socket) => void {
  return (socket) => {
    let isInData = false;
    socket.write('220 rude ESMTP\r\n');
    socket.on('data', (data) => {
      const text = data.toString();
      if (isInData ? text.includes('\r\n.\r\n') && command === '.' : text.startsWith(command)) then(socket);
      else if (isInData) return;
      else if (text.startsWith('DATA')) {
        isInData = true;
        socket.write('354 go on\r\n');
      } else socket.write('250 fine\r\n');
    });
  };
}

describe('a mail handed to an SMTP server', () => {
  let server: MailServer;
  afterEach(() => server.stop());

  const sendOver = async (started: MailServer, attempt = 1, parameters = '', deadlines?: SmtpDeadlines) => {
    server = started;
    return new SmtpMailTransport(`${server.url}${parameters}`, deadlines).send(MAIL, attempt, YES, NEVER);
  };

  it('arrives unchanged, with its sender and recipient', async () => {
    expect(await sendOver(await startMailServer())).toEqual({ status: 'sent' });
    expect(server.received).toEqual([
      { from: MAIL.from, to: [MAIL.to], isEncrypted: false, raw: MAIL.bytes },
    ]);
  });

  it.each([
    ['a..b@docomo.ne.jp', '"a..b"@docomo.ne.jp'],
    ['a.@ezweb.ne.jp', '"a."@ezweb.ne.jp'],
  ])('arrives for %s, whose name needs quotes on the way', async (address, quoted) => {
    // Otherwise this server also looks for dots within quotes.
    server = await startMailServer({ lenientAddressParsing: true });
    const notifier = new EmailNotifier(messagesOf(), new SmtpMailTransport(server.url), GIVEN);
    const job = runningJob();
    const delivery = await notifier.send(noticeOf(job, 'start', address), job, YES, NEVER);
    expect(delivery).toEqual({ status: 'sent' });
    expect(server.received).toMatchObject([{ to: [quoted] }]);
    expect(server.received[0]?.raw.toString()).toContain(`To: <${quoted}>\r\n`);
  });

  it('introduces this machine by an ASCII name, even if its name is international', async () => {
    const names: string[] = [];
    const started = await startMailServer({
      onMailFrom(_address, { hostNameAppearsAs }, done) {
        names.push(hostNameAppearsAs);
        done();
      },
    });
    expect(await sendOver(started, 1, `?name=${encodeURIComponent('bücher.example')}`)).toEqual({
      status: 'sent',
    });
    expect(names).toEqual(['xn--bcher-kva.example']);
  });

  it('asks for permission to send only when the server waits for the message', async () => {
    const asked: string[] = [];
    server = await startMailServer({
      onRcptTo(_address, _session, done) {
        asked.push('recipient');
        done();
      },
      onData(stream, _session, done) {
        stream.resume().on('end', () => {
          asked.push('message');
          done();
        });
      },
    });
    const maySend = async (): Promise<boolean> => asked.push('may it leave?') > 0;
    const delivery = await new SmtpMailTransport(server.url).send(MAIL, 1, maySend, NEVER);
    expect(delivery).toEqual({ status: 'sent' });
    expect(asked).toEqual(['recipient', 'may it leave?', 'message']);
  });

  it('does not arrive without permission to send', async () => {
    server = await startMailServer();
    const transport = new SmtpMailTransport(server.url);
    expect(await transport.send(MAIL, 1, async () => false, NEVER)).toEqual({ status: 'kept_back' });
    expect(await transport.send(MAIL, 1, YES, NEVER)).toEqual({ status: 'sent' });
    expect(server.received).toHaveLength(1);
  });

  it('is put off if the permission to send cannot be checked', async () => {
    server = await startMailServer();
    const failure = new AppError('storage.unavailable');
    const maySend = (): Promise<boolean> => Promise.reject(failure);
    const delivery = await new SmtpMailTransport(server.url).send(MAIL, 1, maySend, NEVER);
    expect(delivery).toMatchObject({ status: 'put_off' });
    expect(server.received).toEqual([]);
    expect(failure.code).toBe('storage.unavailable');
  });

  it('is encrypted if the server offers STARTTLS', async () => {
    const started = await startMailServer({ disabledCommands: [] });
    expect(await sendOver(started, 1, '?tls.rejectUnauthorized=false')).toEqual({ status: 'sent' });
    expect(server.received[0]?.isEncrypted).toBe(true);
  });

  it('is not sent to a server whose certificate is not trusted', async () => {
    const delivery = await sendOver(await startMailServer({ disabledCommands: [] }));
    expect(delivery).toMatchObject({ status: 'put_off' });
    expect(server.received).toEqual([]);
  });

  it('is sent with the user name and password of the URL', async () => {
    const seen: unknown[] = [];
    const started = await startMailServer({
      allowInsecureAuth: true,
      onAuth({ username, password }, _session, done) {
        seen.push([username, password]);
        done(null, { user: 'ok' });
      },
    });
    const login = { ...started, url: started.url.replace('//', '//me%40x:p%2Fw@') };
    expect(await sendOver(login)).toEqual({ status: 'sent' });
    expect(seen).toEqual([['me@x', 'p/w']]);
  });

  it('is put off if the password is wrong', async () => {
    const started = await startMailServer({
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(refusal(535)),
    });
    const login = { ...started, url: started.url.replace('//', '//me:wrong@') };
    expect(await sendOver(login)).toMatchObject({
      status: 'put_off',
      detail: expect.stringContaining('535'),
    });
  });

  it.each([451, 450, 452])('is put off by a %i, longer each time', async (code) => {
    const started = await startMailServer({ onRcptTo: (_to, _session, done) => done(refusal(code)) });
    const first = await sendOver(started, 1);
    const second = await sendOver(started, 2);
    expect(first).toMatchObject({ status: 'put_off', retryAfterMs: 5000 });
    expect(second).toMatchObject({ status: 'put_off', retryAfterMs: 15_000 });
  });

  it.each([550, 551, 553, 554])(
    'is refused permanently by a %i, without the address in the reason',
    async (code) => {
      const started = await startMailServer({
        onRcptTo: (to, _session, done) =>
          done(Object.assign(new Error(`5.1.1 <${to.address}> is nobody`), { responseCode: code })),
      });
      const delivery = await sendOver(started);
      expect(delivery).toMatchObject({ status: 'refused', detail: expect.stringContaining(`${code} 5.1.1`) });
      expect(JSON.stringify(delivery)).not.toContain('ann');
    },
  );

  it.each([
    [451, 'put_off'],
    [552, 'refused'],
  ])('treats a %i after the message as %s', async (code, status) => {
    const started = await startMailServer({
      onData(stream, _session, done) {
        stream.resume();
        stream.on('end', () => done(refusal(code)));
      },
    });
    expect(await sendOver(started)).toMatchObject({ status });
  });

  it('is put off by a server that is shutting down', async () => {
    const delivery = await sendOver(await startRudeServer((socket) => socket.end('421 closing\r\n')));
    expect(delivery).toMatchObject({ status: 'put_off', retryAfterMs: null });
  });

  it('is put off if no server listens', async () => {
    const gone = await startMailServer();
    await gone.stop();
    server = await startMailServer();
    const delivery = await new SmtpMailTransport(gone.url).send(MAIL, 1, YES, NEVER);
    expect(delivery).toMatchObject({ status: 'put_off', retryAfterMs: null });
  });

  it.each(['EHLO', 'MAIL', 'RCPT', 'DATA'])(
    'is put off when the connection breaks at %s',
    async (command) => {
      const delivery = await sendOver(
        await startRudeServer(politeUntil(command, (socket) => socket.destroy())),
      );
      expect(delivery).toMatchObject({ status: 'put_off' });
    },
  );

  it('may have arrived when the connection breaks after the message', async () => {
    const delivery = await sendOver(await startRudeServer(politeUntil('.', (socket) => socket.destroy())));
    expect(delivery).toMatchObject({ status: 'unknown' });
  });

  it('may have arrived when the server falls silent after the message', async () => {
    // Long enough for the conversation before it, even on a busy machine.
    const deadlines = { connectMs: 20_000, greetingMs: 20_000, silenceMs: 5000 };
    const started = await startRudeServer(politeUntil('.', () => null));
    expect(await sendOver(started, 1, '', deadlines)).toMatchObject({ status: 'unknown' });
  });

  it.each([
    ['says nothing at all', () => null],
    ['falls silent during the conversation', politeUntil('RCPT', () => null)],
  ])('is put off by a server that %s, at the deadline', async (_what, talk) => {
    expect(await sendOver(await startRudeServer(talk), 1, '', IMPATIENT)).toMatchObject({
      status: 'put_off',
    });
  });

  it('is not sent if the signal aborts', async () => {
    server = await startRudeServer(() => null);
    const abort = new AbortController();
    const sending = new SmtpMailTransport(server.url).send(MAIL, 1, YES, abort.signal);
    abort.abort();
    expect(await sending).toMatchObject({ status: 'put_off' });
  });

  it('sends no password unencrypted over a network, unless the operator allows it', async () => {
    const seen: unknown[] = [];
    const started = await startMailServer({
      allowInsecureAuth: true,
      onAuth({ password }, _session, done) {
        seen.push(password);
        done(null, { user: 'ok' });
      },
    });
    // Resolves to this machine, but is no loopback address.
    const network = { ...started, url: `smtp://me:secret@0.0.0.0:${started.port}` };
    expect(await sendOver(network)).toMatchObject({ status: 'put_off' });
    expect(seen).toEqual([]);
    expect(await sendOver(network, 1, '?requireTLS=false')).toEqual({ status: 'sent' });
    expect(seen).toEqual(['secret']);
  });

  it('has a transport whose ping reports whether the server is reachable', async () => {
    server = await startMailServer();
    await expect(new SmtpMailTransport(server.url).ping(NEVER)).resolves.toBeUndefined();
    const gone = new SmtpMailTransport('smtp://127.0.0.1:1');
    await expect(gone.ping(NEVER)).rejects.toMatchObject({ code: 'mail.temporary' });
  });
});
