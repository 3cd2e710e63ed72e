import { AppError } from '../../../src/jobs/app-error.js';
import { serializeError } from '../../../src/operations/error-serializer.js';
import { redact } from '../../../src/operations/redaction.js';

const TOKEN = 'AbC-_0123456789AbC-_0123456789Ab';

describe('what is logged', () => {
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

  it('of an error has its code, facts and causes, redacted', () => {
    const error = new AppError('mail.permanent', { attempt: 2 }, new Error('no such user bob@example.org'));
    const logged = JSON.stringify(serializeError(error));
    expect(JSON.parse(logged)).toMatchObject({
      code: 'mail.permanent',
      attempt: 2,
      cause: { message: 'no such user [address]' },
    });
    expect(logged).not.toContain('bob@');
  });

  it('of a thing that is no error is its text', () => {
    expect(serializeError('odd')).toBe('odd');
  });
});
