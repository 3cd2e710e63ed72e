import { error as webdriver } from 'selenium-webdriver';
import { AppError } from '../../../../src/jobs/app-error.js';
import { DeadlinePassed } from '../../../../src/scraping/browser/deadline.js';
import { isScriptFailure, namedFailure } from '../../../../src/scraping/browser/webdriver-errors.js';

describe('a failure of WebDriver', () => {
  it.each([
    [
      new webdriver.WebDriverError('unknown error: net::ERR_CONNECTION_REFUSED\n (x)'),
      'source.unreachable',
      'ERR_CONNECTION_REFUSED',
    ],
    [
      new webdriver.NoSuchSessionError('invalid session id\nfrom disconnected'),
      'browser.crashed',
      'invalid session id',
    ],
    [new webdriver.ScriptTimeoutError('script timeout'), 'browser.crashed', 'hung'],
    [new webdriver.TimeoutError('timeout'), 'browser.crashed', 'hung'],
    [new DeadlinePassed(10), 'browser.crashed', 'hung'],
    [new Error('ECONNREFUSED connect'), 'browser.crashed', 'ECONNREFUSED connect'],
    ['text', 'browser.crashed', 'text'],
  ])('%s is %s because of %s', (error, code, reason) => {
    expect(namedFailure(error)).toMatchObject({ code, context: { reason }, cause: error });
  });

  it('keeps its name if it has one', () => {
    const named = new AppError('browser.missing');
    expect(namedFailure(named)).toBe(named);
  });

  it('belongs to the page only if its script failed or the page was left', () => {
    const ofPage = [
      new webdriver.JavascriptError('javascript error: x is not defined'),
      new webdriver.WebDriverError('aborted by navigation: loader has changed while resolving nodes'),
    ];
    const ofBrowser = [
      new webdriver.NoSuchWindowError('target window already closed'),
      new Error('execution context'),
    ];
    expect(ofPage.map(isScriptFailure)).toEqual([true, true]);
    expect(ofBrowser.map(isScriptFailure)).toEqual([false, false]);
  });
});
