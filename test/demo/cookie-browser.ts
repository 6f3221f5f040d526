/** The least of a browser: fetch with cookies for each host and port, redirects followed one by one. */

export interface Page {
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
}

export class CookieBrowser {
  readonly #jars = new Map<string, Map<string, string>>();
  /** Sent with every request. */
  readonly headers: Record<string, string> = { 'accept-language': 'ja' };

  cookies(origin: string): ReadonlyMap<string, string> {
    return this.#jar(new URL(origin));
  }

  /** One request, no redirect followed. */
  async send(url: string | URL, init: RequestInit = {}): Promise<Response> {
    const jar = this.#jar(new URL(url));
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...this.headers, ...(init.headers as Record<string, string> | undefined), cookie };
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '' || /expires=Thu, 01 Jan 1970/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  }

  /** Follows redirects to the page at their end. */
  async visit(url: string | URL, init: RequestInit = {}): Promise<Page> {
    let at = new URL(url);
    let response = await this.send(at, init);
    for (let hops = 0; hops < 12; hops++) {
      const location = response.headers.get('location');
      if (!location)
        return { url: at, status: response.status, headers: response.headers, html: await response.text() };
      at = new URL(location, at);
      response = await this.send(at);
    }
    throw new Error(`redirects without end at ${at.href}`);
  }

  #jar(url: URL): Map<string, string> {
    const jar = this.#jars.get(url.host) ?? new Map<string, string>();
    this.#jars.set(url.host, jar);
    return jar;
  }
}
