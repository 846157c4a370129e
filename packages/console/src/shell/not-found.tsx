import { Link } from '@tanstack/react-router';
import { words } from '../strings/words.ts';

export function NotFound() {
  return (
    <div className="state">
      <strong>{words.shell.notFound}</strong>
      <Link to="/inbox/$view" params={{ view: 'mine' }}>
        {words.shell.toInbox}
      </Link>
    </div>
  );
}
