/* A form that asks the browser for a passkey and posts its answer. Before it stands @simplewebauthn/browser. Without this
   file, or without a browser that can, the button beside the password is not there and the other pages say what to do. */
{
  const { browserSupportsWebAuthn, browserSupportsWebAuthnAutofill, startAuthentication, startRegistration } =
    SimpleWebAuthnBrowser;

  for (const form of document.querySelectorAll('form[data-passkey]')) watch(form);

  function watch(form) {
    const optionsJSON = JSON.parse(form.dataset.options);
    const button = form.querySelector('[data-passkey-begins]');
    const label = [...button.childNodes];
    if (!browserSupportsWebAuthn()) {
      if (form.dataset.passkey === 'log-in') form.hidden = true;
      button.hidden = true;
      say(form, 'unsupported');
      return;
    }

    button.addEventListener('click', begin);
    if (form.dataset.unknown) forget(optionsJSON.rpId, form.dataset.unknown);
    if (form.dataset.fillsIn !== undefined) void fillIn();
    /* Once, when the page is come to: after a reload or with the Back button the person begins it themselves. */
    const arrival = performance.getEntriesByType('navigation')[0]?.type;
    if (form.dataset.begins !== undefined && arrival === 'navigate') void begin();

    async function begin() {
      if (button.hasAttribute('aria-busy')) return;
      say(form);
      button.setAttribute('aria-busy', 'true');
      button.replaceChildren(button.dataset.working);
      try {
        const isNew = form.dataset.passkey === 'create';
        send(form, isNew ? await startRegistration({ optionsJSON }) : await startAuthentication({ optionsJSON }));
      } catch (error) {
        say(form, wordsFor(error));
        if (form.dataset.fillsIn !== undefined) void fillIn();
      }
      button.removeAttribute('aria-busy');
      button.replaceChildren(...label);
    }

    /* Passkeys among what the browser offers to fill into the first field. Nobody is told that nothing was chosen. */
    async function fillIn() {
      if (!(await browserSupportsWebAuthnAutofill())) return;
      try {
        send(form, await startAuthentication({ optionsJSON, useBrowserAutofill: true }));
      } catch {}
    }
  }

  function say(form, what) {
    for (const words of form.querySelectorAll('[data-passkey-says]')) words.hidden = words.dataset.passkeySays !== what;
  }

  function wordsFor({ code, name }) {
    if (code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED') return 'registered';
    return name === 'ConstraintError' || name === 'NotSupportedError' ? 'unable' : 'cancelled';
  }

  /* What stands a second time in the answer would make it too long for a form. */
  function send(form, { response, ...answer }) {
    const { publicKey, publicKeyAlgorithm, ...signed } = response;
    if (form.dataset.passkey === 'create') delete signed.authenticatorData;
    form.elements.passkey.value = JSON.stringify({ ...answer, response: signed });
    form.requestSubmit();
  }

  function forget(rpId, credentialId) {
    globalThis.PublicKeyCredential.signalUnknownCredential?.({ rpId, credentialId }).catch(() => {});
  }
}
