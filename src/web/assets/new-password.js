/* The rule of a new password, looked at while it is typed: each demand that the page can judge turns to a tick. Without
   this file the rule stands there as a list. What it needs a dictionary or the person's record for, the server says. */
for (const box of document.querySelectorAll('[data-rules-for]')) {
  const input = document.getElementById(box.dataset.rulesFor);
  const status = document.getElementById(`${box.id}-met`);
  const demands = [...box.querySelectorAll('[data-pattern]')].map((item) => {
    const [mark, spoken] = [document.createElement('span'), document.createElement('span')];
    mark.className = 'rules-mark';
    mark.setAttribute('aria-hidden', 'true');
    spoken.className = 'visually-hidden';
    item.prepend(mark, spoken);
    return { item, mark, spoken, pattern: new RegExp(item.dataset.pattern, 'su') };
  });
  box.classList.add('rules-live');

  const show = () => {
    /* As core/credentials/password-rule.ts takes it: half-width for full-width, composed for decomposed. */
    const typed = input.value.normalize('NFKC');
    let met = 0;
    for (const { item, mark, spoken, pattern } of demands) {
      const isMet = typed !== '' && pattern.test(typed);
      item.classList.toggle('met', isMet);
      mark.textContent = isMet ? '✓' : '○';
      spoken.textContent = isMet ? box.dataset.met : '';
      if (isMet) met += 1;
    }
    const words = met === demands.length ? box.dataset.allMet : '';
    if (status.textContent !== words) status.textContent = words;
  };
  input.addEventListener('input', show);
  show();
}
