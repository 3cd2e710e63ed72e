/** Documents that may follow each other in a tab by themselves: a check for robots takes one, an odd site two. */
const MOST_LEADS = 2;

/**
 * Script for every new document of a tab, in a world of its own: where one document has led on to the next so often by
 * itself, the last one stays. A check for robots that is never satisfied would else be loaded again and again, many
 * times a second, and no command would ever find the page at rest. A form that is posted gets through, as the
 * answer to a question about cookies does. The count is handed on from one document to the next in the storage of
 * the session, and is out of it before the page's own scripts run.
 * @see https://html.spec.whatwg.org/multipage/nav-history-apis.html#the-navigateevent-interface
 */
export const LIMIT_LEADS = String.raw`
  const KEY = 'image-job-leads';
  const storage = () => {
    try {
      return window === window.top && window.navigation ? sessionStorage : null;
    } catch {
      return null;
    }
  };
  if (storage() !== null) {
    const leads = Number(sessionStorage.getItem(KEY) || 0);
    sessionStorage.removeItem(KEY);
    window.navigation.addEventListener('navigate', (event) => {
      if (event.destination.sameDocument || event.formData !== null) return;
      if (leads >= ${MOST_LEADS}) event.preventDefault();
      else sessionStorage.setItem(KEY, leads + 1);
    });
  }
`;
