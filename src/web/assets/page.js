/* Small comforts. Every page works without this file: show-password, the Caps Lock hint, what was typed before the language
   was changed, and forms that answer a slow network and ignore a second press. */
const slowAfterMilliseconds = 300;
/* By then the network has lost the press, and another one must be possible. */
const lostAfterMilliseconds = 20_000;

for (const toggle of document.querySelectorAll('[data-shows]')) {
  toggle.addEventListener('change', () => {
    for (const id of toggle.dataset.shows.split(' ')) {
      document.getElementById(id).type = toggle.checked ? 'text' : 'password';
    }
  });
}

for (const hint of document.querySelectorAll('[data-caps-lock]')) {
  const input = document.getElementById(hint.id.replace(/-caps$/, ''));
  const show = (event) => {
    const text = event.type !== 'blur' && event.getModifierState?.('CapsLock') ? hint.dataset.capsLock : '';
    if (hint.textContent !== text) hint.textContent = text;
  };
  for (const event of ['keydown', 'keyup', 'mousedown', 'blur']) input.addEventListener(event, show);
}

for (const button of document.querySelectorAll('[data-prints]')) button.addEventListener('click', () => print());

/* The language link loads the page anew. What was typed waits in this tab for it; passwords and keys never do. */
const typedKey = 'sekisho-typed';
const typedInputs = () => document.querySelectorAll('main input[type="text"]:not([data-secret])');

for (const link of document.querySelectorAll('a[data-keeps-typed]')) {
  link.addEventListener('click', () => {
    const values = Object.fromEntries([...typedInputs()].map(({ id, value }) => [id, value]));
    sessionStorage.setItem(typedKey, JSON.stringify({ path: location.pathname, values }));
  });
}

restoreTyped();

function restoreTyped() {
  const kept = sessionStorage.getItem(typedKey);
  sessionStorage.removeItem(typedKey);
  const { path, values } = JSON.parse(kept ?? '{}');
  if (path !== location.pathname) return;
  for (const input of typedInputs()) {
    if (input.value !== '' || !values[input.id]) continue;
    input.value = values[input.id];
    /* The cursor goes into this field only while it is empty. */
    if (input.autofocus) document.querySelector('main input[type="password"]')?.focus();
  }
}

const inFlight = new Map();

for (const form of document.querySelectorAll('form[method="post"]')) {
  form.addEventListener('submit', (event) => {
    if (inFlight.has(form)) {
      event.preventDefault();
      return;
    }
    /* A password shown in clear would be kept by the browser's memory for forms. */
    for (const input of form.querySelectorAll('input[autocomplete$="-password"]')) input.type = 'password';
    const button = event.submitter;
    inFlight.set(form, {
      button,
      words: button ? [...button.childNodes] : [],
      slow: setTimeout(() => showWorking(button), slowAfterMilliseconds),
      lost: setTimeout(() => release(form), lostAfterMilliseconds),
    });
  });
}

function showWorking(button) {
  if (!button?.dataset.working) return;
  button.setAttribute('aria-busy', 'true');
  button.replaceChildren(button.dataset.working);
}

function release(form) {
  const press = inFlight.get(form);
  if (!press) return;
  inFlight.delete(form);
  clearTimeout(press.slow);
  clearTimeout(press.lost);
  press.button?.removeAttribute('aria-busy');
  press.button?.replaceChildren(...press.words);
}

/* The Back button can restore a page as it was left: its forms must be usable again. */
addEventListener('pageshow', (event) => {
  if (event.persisted) for (const form of inFlight.keys()) release(form);
});

/* The answer to a service that wants it posted: the person need not press the button. */
for (const form of document.querySelectorAll('form[data-sends-itself]')) form.requestSubmit();
