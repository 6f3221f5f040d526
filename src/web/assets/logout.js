/* A log-out under way: tells services in frames that nobody sees, asks the page for news, and goes on when all is well.
   Without this file the person goes from service to service by a button. */
const everyMilliseconds = 1_000;
/* Long enough to read that it went well. */
const beforeGoingMilliseconds = 1_500;

const page = document.querySelector('[data-logout]');
const live = () => page.querySelector('[data-live]');
const framed = new Set();

function tellInFrames() {
  for (const item of page.querySelectorAll('[data-frame]')) {
    const { frame } = item.dataset;
    if (framed.has(frame)) continue;
    framed.add(frame);
    const window = document.createElement('iframe');
    window.className = 'logout-frame';
    /* As the service needs it to log out, and nothing by which it could take the person elsewhere. */
    window.sandbox = 'allow-forms allow-same-origin allow-scripts';
    window.src = frame;
    window.tabIndex = -1;
    window.setAttribute('aria-hidden', 'true');
    page.append(window);
  }
}

/* What the server says now, in place of what it said before; untouched where nothing changed, so that nothing is read out. */
async function askForNews() {
  const answer = await fetch(location.href, { cache: 'no-store' });
  if (!answer.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-live]');
  if (!fresh || fresh.outerHTML === live().outerHTML) return;
  if (live().contains(document.activeElement)) return;
  live().replaceWith(fresh);
}

async function follow() {
  tellInFrames();
  const { standing, goes } = live().dataset;
  if (standing === 'under_way') {
    await new Promise((done) => setTimeout(done, everyMilliseconds));
    /* A network that fails for a moment is asked again. */
    await askForNews().catch(() => undefined);
    return follow();
  }
  if (goes) setTimeout(() => location.assign(goes), beforeGoingMilliseconds);
}

follow().catch(() => undefined);
