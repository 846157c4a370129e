import { useWorkspace } from '../live/use-workspace.ts';
import type { Outgoing } from '../live/workspace-state.ts';
import { words } from '../strings/words.ts';

/** A message that the node has not confirmed: on its way, or failed with what to do. */
export function OutgoingMessage({ message }: { message: Outgoing }) {
  const workspace = useWorkspace();
  const side = message.kind === 'note' ? 'note' : 'agent';
  return (
    <li className={`group group-${side}`}>
      <div className={`group-message ${message.state === 'sending' ? 'group-sending' : ''}`}>
        <div className="bubble">
          {message.kind === 'note' ? (
            <strong className="bubble-label">{words.timeline.onlyTeam}</strong>
          ) : null}
          {message.text === '' ? null : <p dir="auto">{message.text}</p>}
          {message.files?.map(({ attachment }) => (
            <p key={attachment.id} className="bubble-attachment">
              {attachment.filename}
            </p>
          ))}
        </div>
      </div>
      {message.state === 'sending' ? (
        <div className="group-line secondary">{words.timeline.sending}</div>
      ) : (
        <div className="group-line group-failed secondary" role="alert">
          <span>{words.timeline.failed}</span>
          <button type="button" onClick={() => void workspace.outbox.resend(message.clientId)}>
            {words.timeline.resend}
          </button>
          <button type="button" onClick={() => workspace.outbox.discard(message.clientId)}>
            {words.timeline.discard}
          </button>
        </div>
      )}
    </li>
  );
}
