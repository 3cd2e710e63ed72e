import { Secrets } from '../../../src/config/secrets.js';
import { ConfirmTokens } from '../../../src/expiry/confirm-tokens.js';
import { Links } from '../../../src/expiry/links.js';
import { ListeningAddress } from '../../../src/expiry/listening-address.js';
import { NeverMailTokens } from '../../../src/expiry/never-mail-tokens.js';
import { RetryLinks } from '../../../src/expiry/retry-link.js';
import { AppError } from '../../../src/jobs/app-error.js';
import { JobTokens } from '../../../src/jobs/job-tokens.js';
import { serializeError } from '../../../src/operations/error-serializer.js';
import { redact } from '../../../src/operations/redaction.js';
import { idOf, sampleRequest } from '../../support/sample-jobs.js';
import { TestClock } from '../../support/test-clock.js';

const TOKEN = 'AbC-_0123456789AbC-_0123456789Ab';

describe('the log', () => {
  it.each([
    [`GET /jobs/${TOKEN}/events`, 'GET /jobs/[redacted]/events'],
    [`/d/${TOKEN}/red-panda.zip`, '/d/[redacted]/red-panda.zip'],
    [`http://localhost:3000/again/${TOKEN}${TOKEN}`, 'http://localhost:3000/again/[redacted]'],
    ['550 <ann.lee+x@exämple.org> unknown', '550 <[address]> unknown'],
    ['smtp://user:secret@mail.example:25', 'smtp://[redacted]@mail.example:25'],
    ['nothing to hide in /assets/app.css', 'nothing to hide in /assets/app.css'],
  ])('has no addresses, tokens or passwords: %s', (text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  it('holds no link token that would give a right', () => {
    const secrets = new Secrets(['secret']);
    const address = new ListeningAddress({ publicUrl: 'https://images.example', host: '', port: 0 });
    const retries = new RetryLinks(secrets, new TestClock());
    const [never, confirm] = [new NeverMailTokens(secrets), new ConfirmTokens(secrets)];
    const links = new Links(address, new JobTokens(secrets), retries, never, confirm);
    const id = idOf('logged');
    const made = [
      links.jobPage(id),
      links.download(id),
      links.archive(id, 'red panda'),
      links.again(sampleRequest(0)),
      links.neverMail('ann@example.org'),
      links.confirmMail('ann@example.org', id),
    ];
    for (const url of made) expect(redact(url)).toMatch(/^https:\/\/images\.example\/[a-z-]+\/\[redacted\]/);
  });

  it('shows an error with code, facts and causes, redacted', () => {
    const error = new AppError('mail.permanent', { attempt: 2 }, new Error('no such user bob@example.org'));
    const logged = JSON.stringify(serializeError(error));
    expect(JSON.parse(logged)).toMatchObject({
      code: 'mail.permanent',
      attempt: 2,
      cause: { message: 'no such user [address]' },
    });
    expect(logged).not.toContain('bob@');
  });

  it('shows a thrown value that is no error as its text', () => {
    expect(serializeError('odd')).toBe('odd');
  });
});
