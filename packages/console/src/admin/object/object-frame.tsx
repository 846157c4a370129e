import type { Section } from '@countersign/protocol';
import { IconArrowLeft } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import { adminWords } from '../../strings/admin/admin-words.ts';
import { words } from '../../strings/words.ts';

interface Props {
  section: Section;
  /** Empty: not known yet. */
  title: string;
  sign?: ReactNode;
  below?: ReactNode;
  children: ReactNode;
}

/** Around one object: the way back to its list, its name, and what is said of it. */
export function ObjectFrame({ section, title, sign, below, children }: Props) {
  const list = adminWords.sections[section].title;
  useEffect(() => {
    document.title = `${title === '' ? list : title} · ${words.product}`;
  }, [title, list]);
  return (
    <main className="screen object-screen">
      <header className="object-header">
        <Link
          to="/admin/$section"
          params={{ section }}
          className="object-back"
          aria-label={adminWords.object.toList(list)}
        >
          <IconArrowLeft size={14} stroke={1.75} aria-hidden /> {list}
        </Link>
        {title === '' ? null : (
          <div className="object-title">
            <h1>{title}</h1>
            {sign}
          </div>
        )}
        {below}
      </header>
      {children}
    </main>
  );
}
