/** The data of the page's script. */
export interface BrowserSettings {
  readonly batchUrl: string;
  readonly panelUrl: string;
  readonly start: number;
  readonly hasMore: boolean;
  readonly loadsOnScroll: boolean;
  /** Whether a hovered tile gets its imgres address. */
  readonly showsImgres: boolean;
  /** Minified name of the hidden records once the script has run. */
  readonly hiddenName: string;
}

/** The script of a results page: hides the records, loads batches, and responds to hovering and clicking. */
export function browserScript(settings: BrowserSettings): string {
  return `<script>(${SCRIPT})(${JSON.stringify(settings).replaceAll('<', String.raw`\u003c`)});</script>`;
}

const SCRIPT = String.raw`function (c) {
  function Wrapped(value) { this[Symbol(c.hiddenName)] = { Jd: value }; }
  function hide(data) {
    window.W_jd = window.W_jd || {};
    for (var key in data) window.W_jd[key] = Array.isArray(data[key]) ? new Wrapped(data[key]) : data[key];
  }
  window.addEventListener('load', function () { setTimeout(function () { hide(window.W_jd); }, 30); });
  var start = c.start, more = c.hasMore, busy = false;
  var link = document.querySelector('a[jsname=oHxHid]'), again = document.querySelector('a[jsname=a79Lwf]');
  function end() { more = false; if (link) { link.style.display = 'none'; link.setAttribute('aria-hidden', 'true'); } }
  function load() {
    if (busy || !more) return;
    busy = true;
    fetch(c.batchUrl + '&start=' + (start + 10)).then(function (answer) {
      if (answer.status === 429) { location.href = answer.url; return null; }
      if (!answer.ok) throw new Error('status ' + answer.status);
      return answer.json();
    }).then(function (batch) {
      busy = false;
      if (!batch) return;
      start += 10;
      hide(batch.data);
      document.querySelector('#rso [data-id=mosaic]').insertAdjacentHTML('beforeend', batch.html);
      for (var id in batch.thumbnails) { var e = document.getElementById(id); if (e) e.src = batch.thumbnails[id]; }
      if (!batch.hasMore) end();
      else if (link) link.href = link.href.replace(/start=\d+/, 'start=' + (start + 10));
      check();
    }).catch(function () { busy = false; more = false; if (again) again.style.display = ''; });
  }
  function check() {
    if (c.loadsOnScroll && innerHeight + scrollY > document.documentElement.scrollHeight - 1500 && scrollY > 0) load();
  }
  window.addEventListener('scroll', check);
  if (link) link.addEventListener('click', function (event) { event.preventDefault(); load(); });
  if (again) again.addEventListener('click', function () { again.style.display = 'none'; more = true; load(); });
  function tileOf(event) { return event.target.closest && event.target.closest('#rso [data-attrid="images universal"]'); }
  function ask(tile) { return fetch(c.panelUrl + '&docid=' + encodeURIComponent(tile.dataset.docid)).then(function (a) { return a.json(); }); }
  document.addEventListener('mouseover', function (event) {
    var tile = tileOf(event), a = tile && tile.querySelector('[jsname=qQjpJ] a');
    if (!a || a.href || !c.showsImgres) return;
    ask(tile).then(function (answer) { a.href = answer.imgres; });
  });
  document.addEventListener('click', function (event) {
    var tile = tileOf(event);
    if (!tile || !event.target.closest('[jsname=qQjpJ]')) return;
    event.preventDefault();
    var dialog = document.querySelector('[role=dialog][jsname=ujKaBc]');
    var current = dialog.querySelector('[jsname=figiqf][aria-hidden=false]');
    dialog.style.display = 'block';
    var docid = tile.dataset.docid;
    dialog.dataset.wanted = docid;
    current.innerHTML = '';
    ask(tile).then(function (answer) {
      if (dialog.dataset.wanted !== docid) return;
      current.innerHTML = answer.preview;
      setTimeout(function () { if (dialog.dataset.wanted === docid) current.innerHTML = answer.content; }, 60);
    });
    history.replaceState(null, '', '#sv=' + docid);
  });
}`;
