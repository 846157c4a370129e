import { Link } from '@tanstack/react-router';
import { words } from '../strings/words.ts';

export function NotFound() {
  return (
    <main className="state">
      <h1>{words.shell.notFound}</h1>
      <Link to="/inbox/$view" params={{ view: 'mine' }}>
        {words.shell.toInbox}
      </Link>
    </main>
  );
}
