import { adminWords } from '../../strings/admin/admin-words.ts';
import { CopiedFacts } from '../copy/copied-facts.tsx';
import { useText } from '../object/form-context.ts';

const { appleAccounts: w } = adminWords;

/** What the Register and the identity provider have to be told, to copy. */
export function AccountReview() {
  const origin = location.origin;
  const businessId = useText('businessId');
  const mspId = useText('mspId');
  return (
    <>
      <h3>{w.atRegister}</h3>
      <CopiedFacts
        facts={[
          { name: w.endpoint, text: `${origin}/channels/apple`, hint: w.endpointHint },
          ...(businessId === '' ? [] : [{ name: w.businessId, text: businessId }]),
          ...(mspId === '' ? [] : [{ name: w.mspId, text: mspId }]),
        ]}
      />
      <h3>{w.atProvider}</h3>
      <CopiedFacts
        facts={[
          {
            name: w.redirect,
            text: `${origin}/channels/apple/oauth/callback`,
            hint: w.redirectHint,
          },
          {
            name: w.oldRedirect,
            text: 'https://auth.businesschat.apple.com',
            hint: w.oldRedirectHint,
          },
        ]}
      />
    </>
  );
}
