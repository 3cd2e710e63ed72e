import type { Instant } from '../../jobs/clock.port.js';
import { type Html, html } from '../../jobs/wording/html.js';
import { STATE_WORDING } from '../../jobs/wording/wording.js';
import { layout } from './layout.js';

/** The page of the jobs that this browser has asked for. A script fills it in: the server knows no such list. */
export function minePage(now: Instant): Html {
  const main = html`<div class="intro">
      <h1 tabindex="-1">My jobs</h1>
      <p class="lead">
        The jobs asked for from this browser. The list is kept in this browser only, and each job leaves it
        when its link expires.
      </p>
      <p class="note">
        Everybody who uses this browser can open and control these jobs. On a shared computer, forget them
        when you are done. Forgetting a job deletes nothing: keep the address of its page, or delete the job
        there.
      </p>
    </div>
    <noscript>
      <p class="note warn">
        Your browser runs no scripts here, so it keeps no list. Keep the addresses of your job pages instead.
      </p>
    </noscript>
    <section class="card" aria-label="Jobs">
      <p id="none" hidden>No jobs are listed. <a href="/">Start one</a>, and it is listed here.</p>
      <ol class="plain-list" id="mine" data-states="${JSON.stringify(STATE_WORDING)}"></ol>
      <div class="actions">
        <button class="button" id="forget-all" type="button" hidden>Forget all</button>
      </div>
    </section>`;
  return layout({ title: 'My jobs', main, script: 'mine.js', now });
}
