import { type Section, sections } from '@countersign/protocol';
import { useParams } from '@tanstack/react-router';
import { useWorkspaceState } from '../live/use-workspace.ts';
import { NotFound } from '../shell/not-found.tsx';
import { mayRead, mayWrite } from '../shell/roles.ts';
import { adminWords } from '../strings/admin/admin-words.ts';
import { sectionScreens } from './section-screens.ts';

const isSection = (name: string | undefined): name is Section =>
  sections.some((section) => section === name);

function useSection() {
  const { section: name, id } = useParams({ strict: false });
  const roles = useWorkspaceState((state) => state.me.roles);
  if (!isSection(name)) return null;
  const screens = sectionScreens[name];
  return screens ? { screens, section: name, id: id ?? null, roles } : null;
}

export function SectionList() {
  const found = useSection();
  if (!found) return <NotFound />;
  if (!mayRead(found.roles, found.section)) return <NotAllowed />;
  const { List } = found.screens;
  return <List key={found.section} />;
}

export function SectionObject() {
  const found = useSection();
  if (!found) return <NotFound />;
  if (!mayRead(found.roles, found.section)) return <NotAllowed />;
  const { Form } = found.screens;
  return <Form key={found.section} id={found.id} />;
}

export function NewSectionObject() {
  const found = useSection();
  if (!found) return <NotFound />;
  if (!mayWrite(found.roles, found.section)) return <NotAllowed />;
  const { Form } = found.screens;
  return <Form key={found.section} id={null} />;
}

function NotAllowed() {
  return (
    <main className="state">
      <h1>{adminWords.list.notAllowed}</h1>
    </main>
  );
}
