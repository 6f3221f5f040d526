// Fits the frame to the mail in it, and shows a mail that arrives. Without it the frame scrolls, and the page is reloaded by hand.
const frame = document.querySelector('iframe');

function fitFrame() {
  const page = frame.contentDocument?.documentElement;
  if (page) frame.style.height = `${page.scrollHeight + 2}px`;
}

if (frame) {
  frame.addEventListener('load', fitFrame);
  addEventListener('resize', fitFrame);
  if (frame.contentDocument?.readyState === 'complete') fitFrame();
}

async function look() {
  if (document.visibilityState !== 'visible') return;
  const answer = await fetch('/newest');
  const { newest } = await answer.json();
  if (String(newest) !== document.body.dataset.newest) location.reload();
}

setInterval(() => look().catch(() => undefined), 3000);
