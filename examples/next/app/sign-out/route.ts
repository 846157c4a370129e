import { signedOut } from '@countersign-example/sample-site';

export function POST(): Response {
  return new Response(null, { status: 303, headers: { location: '/', 'set-cookie': signedOut() } });
}
