import { adminWords } from '../../strings/admin/admin-words.ts';
import { CopiedFacts } from '../copy/copied-facts.tsx';
import { FieldGroup } from '../fields/field-group.tsx';

const { settings: w } = adminWords;

/** What the provider has to know of the site and of this node. */
export function RegisterAtProvider() {
  const node = location.origin;
  return (
    <FieldGroup title={w.register} lead={w.registerLead}>
      <CopiedFacts
        facts={[
          {
            name: w.redirectUri,
            text: 'https://shop.example/chat-callback.html',
            hint: w.redirectUriHint,
          },
          { name: w.tryRedirectUri, text: `${node}/try/callback` },
          {
            name: w.backChannel,
            text: `${node}/auth/back-channel-logout`,
            hint: w.backChannelHint,
          },
          {
            name: w.frontChannel,
            text: `${node}/auth/front-channel-logout`,
            hint: w.frontChannelHint,
          },
        ]}
      />
    </FieldGroup>
  );
}
