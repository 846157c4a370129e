import { keysRoute } from '@countersign/site-kit';
import { chat } from '../../chat';

export const dynamic = 'force-dynamic';

export const GET = (request: Request): Promise<Response> => keysRoute(chat())(request);
