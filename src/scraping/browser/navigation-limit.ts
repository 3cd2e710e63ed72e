/** How often a page may navigate by itself: a check for robots does so once, an odd site twice. */
const MOST_NAVIGATIONS = 2;

/**
 * Script for every new document of a tab, in an isolated world: after too many navigations without a person,
 * a document no longer navigates. Otherwise a check for robots that is never satisfied reloads many times a
 * second, and no command ever finds the page at rest. Posted forms get through, such as the answer to a
 * question about cookies. The count is passed on in the session's storage and removed before the page's own
 * scripts run.
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
