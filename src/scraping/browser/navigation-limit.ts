/** How often a page may lead on by itself: a check for robots does it once, an odd site twice. */
const MOST_NAVIGATIONS = 2;

/**
 * Script for every new document of a tab, in a world of its own: a document to which pages have led so often by
 * themselves leads nowhere. A check for robots that is never satisfied would else be loaded again and again, many times
 * a second, and no command would ever find the page at rest. A form that is posted gets through, as the answer to a
 * question about cookies does. The count is handed on in the storage of the session, and is out of it before the page's
 * own scripts run.
 * @see https://html.spec.whatwg.org/multipage/nav-history-apis.html#the-navigateevent-interface
 */
export const LIMIT_NAVIGATIONS = String.raw`
  const KEY = 'image-job-navigations';
  const storage = () => {
    try {
      return window === window.top && window.navigation ? sessionStorage : null;
    } catch {
      return null;
    }
  };
  if (storage() !== null) {
    const before = Number(sessionStorage.getItem(KEY) || 0);
    sessionStorage.removeItem(KEY);
    window.navigation.addEventListener('navigate', (event) => {
      if (event.destination.sameDocument || event.formData !== null) return;
      if (before >= ${MOST_NAVIGATIONS}) event.preventDefault();
      else sessionStorage.setItem(KEY, before + 1);
    });
  }
`;
