import { redirect, send, formOf, type Exchange } from '../exchange.ts';
import { escapeHtml } from '../markup.ts';
import type { Stats } from '../stats.ts';
import { pageHead } from './pages.ts';

const COOKIE = 'SOCS=CAESHAgBEhJyZXBsaWNhX3JlamVjdGVkGgJlbiACGgYIgJnPpgY; Path=/; HttpOnly';

/** Whether the visitor has answered the consent wall. */
export function hasConsentCookie({ request }: Exchange): boolean {
  return /(?:^|;\s*)SOCS=/.test(request.headers.cookie ?? '');
}

/** Sends the visitor to the consent wall, to come back to the same address. */
export function toConsentWall(exchange: Exchange): void {
  redirect(exchange, `/consent/ml?continue=${encodeURIComponent(exchange.url.href)}&gl=DE&hl=en&pc=i`);
}

/** The wall: two forms that reject and two that accept, distinguished by their hidden fields alone. */
export function showConsentWall(exchange: Exchange): void {
  exchange.record.kind = 'consent';
  const to = exchange.url.searchParams.get('continue') ?? '/';
  const forms = (order: readonly boolean[]): string =>
    order.map((accepts) => consentForm(exchange.url.origin, to, accepts)).join('');
  send(exchange, {
    body: `<!doctype html><html><head><title>Before you continue</title></head><body><h1>Before you continue to the replica</h1><div>${forms([false, true])}</div><div>${forms([true, false])}</div></body></html>`,
  });
}

function consentForm(origin: string, to: string, accepts: boolean): string {
  const fields = {
    gl: 'DE',
    m: '0',
    app: '0',
    pc: 'i',
    continue: to,
    x: '6',
    bl: 'replica',
    hl: 'en',
    src: '1',
  };
  const choice = accepts ? { set_sc: 'true', set_aps: 'true', set_eom: 'false' } : { set_eom: 'true' };
  const inputs = Object.entries({ ...fields, cm: '2', ...choice })
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`)
    .join('');
  const [label, jsname] = accepts ? ['Accept all', 'b3VHJd'] : ['Reject all', 'tWT92d'];
  return `<form action="${origin}/consent/save" method="POST" style="display:inline;"><button jsname="${jsname}" aria-label="${label}"><span aria-hidden="true">${label}</span></button>${inputs}</form>`;
}

/** Takes the answer to the wall, counts it and sends the visitor back. */
export async function takeConsent(exchange: Exchange, stats: Stats): Promise<void> {
  exchange.record.kind = 'consent';
  const form = await formOf(exchange);
  if (form.get('set_eom') === 'true' && !form.has('set_sc')) stats.consentRejected += 1;
  else stats.consentAccepted += 1;
  const to = form.get('continue') ?? '/';
  const isOurs = to.startsWith(`${exchange.url.origin}/`);
  redirect(exchange, isOurs ? to : '/', { 'set-cookie': COOKIE });
}

/** Sends the visitor to the captcha. */
export function toCaptcha(exchange: Exchange): void {
  redirect(exchange, `/sorry/index?continue=${encodeURIComponent(exchange.url.href)}&q=replica`);
}

/** The captcha, with status 429; submitting its form is counted and leads nowhere. */
export function showCaptcha(exchange: Exchange, stats: Stats): void {
  exchange.record.kind = 'captcha';
  if (exchange.request.method === 'POST') stats.captchaAttempts += 1;
  const to = escapeHtml(exchange.url.searchParams.get('continue') ?? '/');
  send(exchange, {
    status: 429,
    body: `<html><head><title>${to}</title></head><body><form id="captcha-form" action="index" method="post"><div id="recaptcha" class="g-recaptcha" data-sitekey="replica" data-callback="submitCallback" data-s="replica"></div><input type="hidden" name="q" value="replica"><input type="hidden" name="continue" value="${to}"></form><hr><div><b>About this page</b><br>Our systems have detected unusual traffic from your computer network. This page checks to see if it's really you sending the requests, and not a robot.</div></body></html>`,
  });
}

/** 200, but nothing except the advice to switch scripts on. */
export function showSoftBlock(exchange: Exchange, query: string): void {
  send(exchange, {
    body: `<html><head><title>${escapeHtml(query)} - Google Search</title></head><body><noscript><iframe src="/httpservice/retry/enablejs?sei=replica"></iframe>Click here if you're not redirected within a few seconds.</noscript><div id="main"></div></body></html>`,
  });
}

/** A page that says that there are no results. */
export function showNoResults(exchange: Exchange, query: string): void {
  const words = escapeHtml(query);
  send(exchange, {
    body: `${pageHead(query)}<div id="topstuff"></div><div id="search"></div><div id="botstuff"><p aria-level="3" role="heading">Your search -<span><em>${words}</em></span>- did not match any documents.</p><p>Suggestions:</p><ul><li>Try different keywords.</li></ul></div></body></html>`,
  });
}

/** 200 with pictures in unknown markup: neither records nor tiles. */
export function showChangedLayout(exchange: Exchange, query: string): void {
  const figures = Array.from(
    { length: 20 },
    (_, n) => `<x-figure data-n="${n}"><svg></svg><p>Result ${n}</p></x-figure>`,
  );
  send(exchange, {
    body: `${pageHead(query)}<main data-view="gallery"><x-gallery>${figures.join('')}</x-gallery></main></body></html>`,
  });
}
