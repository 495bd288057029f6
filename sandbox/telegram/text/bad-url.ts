/** Why the server does not take an address for a button or a link in a text; undefined when it does. */
export function badUrl(url: string): string | undefined {
  if (/^(?:tg|ton|tonsite):\/\//i.test(url)) return undefined;
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(url) && !/^https?:\/\//i.test(url)) return 'Unsupported URL protocol';
  const address = URL.parse(/^https?:\/\//i.test(url) ? url : `http://${url}`);
  if (address === null || address.hostname === '') return 'URL host is empty';
  // So a link to `localhost` is refused, one to 127.0.0.1 is not.
  return address.hostname.includes('.') || address.hostname.startsWith('[') ? undefined : 'Wrong HTTP URL';
}
