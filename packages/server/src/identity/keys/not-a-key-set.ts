/** What a key URL answered instead of keys, in words that lead to the cause; nothing is quoted. */
export function notAKeySet({ headers, body }: { headers: Headers; body: string }): string {
  const text = body.trimStart();
  const type = headers.get('content-type') ?? '';
  if (text.startsWith('<') || type.startsWith('text/html'))
    return 'it answered with an HTML page instead of keys; is the URL behind a login, or not that of the keys?';
  if (text === '') return 'its answer is empty';
  if (/PUBLIC KEY|CERTIFICATE/.test(text))
    return 'its answer is not a whole PEM: the line -----BEGIN PUBLIC KEY----- must be the first';
  if (text.startsWith('{') || text.startsWith('['))
    return 'its answer is not the JSON of a key array or of a JWK set';
  return 'its answer is neither PEM, key array nor JWK set';
}
