/** The least of a browser: fetch with cookies by host, port and path, redirects followed one by one. */

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
}

export interface Page {
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
}

/** Where a browser would go on: a Location counts with 3xx only (RFC 9110, 15.4). */
export const redirectOf = ({ status, headers }: Response): string | null =>
  status >= 300 && status < 400 ? headers.get('location') : null;

export class CookieBrowser {
  readonly #jars = new Map<string, Map<string, Cookie>>();
  /** Sent with every request. */
  readonly headers: Record<string, string> = { 'accept-language': 'ja' };

  /** Name to value, whatever the path. */
  cookies(origin: string): ReadonlyMap<string, string> {
    return new Map([...this.#jar(new URL(origin)).values()].map(({ name, value }) => [name, value]));
  }

  setCookie(origin: string, name: string, value: string, path = '/'): void {
    this.#jar(new URL(origin)).set(`${name} ${path}`, { name, value, path });
  }

  /** One request, no redirect followed. */
  async send(url: string | URL, init: RequestInit = {}): Promise<Response> {
    const jar = this.#jar(new URL(url));
    const { pathname } = new URL(url);
    const sent = [...jar.values()].filter(({ path }) => pathname.startsWith(path));
    const cookie = sent.map(({ name, value }) => `${name}=${value}`).join('; ');
    const headers = { ...this.headers, ...(init.headers as Record<string, string> | undefined), cookie };
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      const path = /;\s*path=([^;]*)/i.exec(line)?.[1] ?? '/';
      if (value === '' || /expires=Thu, 01 Jan 1970/i.test(line)) jar.delete(`${name} ${path}`);
      else jar.set(`${name} ${path}`, { name, value, path });
    }
    return response;
  }

  /** Follows redirects to the page at their end. */
  async visit(url: string | URL, init: RequestInit = {}): Promise<Page> {
    let at = new URL(url);
    let response = await this.send(at, init);
    for (let hops = 0; hops < 12; hops++) {
      const location = redirectOf(response);
      if (!location)
        return { url: at, status: response.status, headers: response.headers, html: await response.text() };
      at = new URL(location, at);
      response = await this.send(at);
    }
    throw new Error(`redirects without end at ${at.href}`);
  }

  #jar(url: URL): Map<string, Cookie> {
    const jar = this.#jars.get(url.host) ?? new Map<string, Cookie>();
    this.#jars.set(url.host, jar);
    return jar;
  }
}
