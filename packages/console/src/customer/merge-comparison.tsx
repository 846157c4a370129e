import { contactFields, type MergePreview } from '../api/workspace-api.ts';
import { IdentityGlyph } from '../identity/identity-glyph.tsx';
import { words } from '../strings/words.ts';
import { ProvenMark } from './contact-fields.tsx';

type Side = MergePreview['contact'];

/** Two records side by side, row by row. */
export function MergeComparison({ preview }: { preview: MergePreview }) {
  const { contacts } = words;
  const { contact, into, moves, takenOver, blocked } = preview;
  const taken = new Set(blocked === null ? takenOver : []);
  return (
    <>
      <table className="merge-table">
        <thead>
          <tr>
            <td />
            <th scope="col">{contacts.from}</th>
            <th scope="col">{contacts.into}</th>
          </tr>
        </thead>
        <tbody>
          {contactFields.map((field) => (
            <tr key={field}>
              <th scope="row">{contacts.fields[field]}</th>
              {[contact, into].map((side) => (
                <td key={side.id}>
                  {side[field] ?? <span className="secondary">{contacts.nothing}</span>}{' '}
                  <ProvenMark setting={side.provenBy[field]} />
                  {side === contact && taken.has(field) ? (
                    <span className="merge-taken">{contacts.takenOver}</span>
                  ) : null}
                </td>
              ))}
            </tr>
          ))}
          <tr>
            <th scope="row">{contacts.identity}</th>
            <IdentityCell side={contact} />
            <IdentityCell side={into} />
          </tr>
          <tr>
            <th scope="row">{contacts.conversations}</th>
            <td>{contact.conversations}</td>
            <td>{into.conversations}</td>
          </tr>
        </tbody>
      </table>
      {blocked === null ? <p>{contacts.moves(moves.identities, moves.conversations)}</p> : null}
    </>
  );
}

function IdentityCell({ side }: { side: Side }) {
  if (side.identities.length === 0) {
    return (
      <td>
        <span className="secondary">{words.contacts.unverified}</span>
      </td>
    );
  }
  return (
    <td>
      {side.identities.map(({ setting, issuer, subject }) => (
        <div key={`${issuer} ${subject}`} title={issuer}>
          <IdentityGlyph state="verified" /> {subject}
          <span className="secondary contact-more">{setting}</span>
        </div>
      ))}
    </td>
  );
}
