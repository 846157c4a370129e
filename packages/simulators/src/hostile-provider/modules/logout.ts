import type { Module } from '../module.ts';
import { byClientSecret, unsigned } from '../odd-signatures.ts';
import { without } from '../without.ts';

const toNode = { plan: 'back-channel-logout', relyingParty: 'node', must: 'reject' } as const;
const atSite = { plan: 'rp-initiated-logout', relyingParty: 'site' } as const;
const inFrames = { plan: 'front-channel-logout', relyingParty: 'site', must: 'accept' } as const;

/** The plans for back-channel, RP-initiated and front-channel logout. */
export const logoutModules = {
  'oidcc-client-test-rp-backchannel-rpinitlogout': {
    ...toNode,
    must: 'accept',
    what: 'A logout token that is right.',
    behaviour: {},
  },
  'oidcc-client-test-rp-backchannel-rpinitlogout-alg-none': {
    ...toNode,
    what: 'The logout token is not signed.',
    behaviour: { signLogoutToken: unsigned },
  },
  'oidcc-client-test-rp-backchannel-rpinitlogout-no-event': {
    ...toNode,
    what: 'The logout token has no `events`.',
    behaviour: { logoutToken: (claims) => without(claims, 'events') },
  },
  'oidcc-client-test-rp-backchannel-rpinitlogout-with-nonce': {
    ...toNode,
    what: 'The logout token has a `nonce`, as only an ID token may.',
    behaviour: { logoutToken: (claims) => ({ ...claims, nonce: 'n-0S6_WzA2Mj' }) },
  },
  'oidcc-client-test-rp-backchannel-rpinitlogout-wrong-alg': {
    ...toNode,
    what: 'The logout token is signed with HS256.',
    behaviour: { signLogoutToken: byClientSecret },
  },
  'oidcc-client-test-rp-backchannel-rpinitlogout-wrong-aud': {
    ...toNode,
    what: 'The logout token is for another client.',
    behaviour: { logoutToken: (claims) => ({ ...claims, aud: 'another-client' }) },
  },
  'oidcc-client-test-rp-backchannel-rpinitlogout-wrong-event': {
    ...toNode,
    what: 'The logout token tells of another event.',
    behaviour: {
      logoutToken: (claims) => ({
        ...claims,
        events: { 'http://schemas.openid.net/event/another': {} },
      }),
    },
  },
  'oidcc-client-test-rp-backchannel-rpinitlogout-wrong-iss': {
    ...toNode,
    what: 'The logout token names another issuer.',
    behaviour: { logoutToken: (claims) => ({ ...claims, iss: `${claims.iss}another/` }) },
  },
  'oidcc-client-test-rp-init-logout': {
    ...atSite,
    must: 'accept',
    what: 'A sign-out comes back with its `state`.',
    behaviour: {},
  },
  'oidcc-client-test-rp-init-logout-no-state': {
    ...atSite,
    must: 'reject',
    what: 'A sign-out comes back without `state`.',
    behaviour: { stateAfterSignOut: () => null },
  },
  'oidcc-client-test-rp-init-logout-other-state': {
    ...atSite,
    must: 'reject',
    what: 'A sign-out comes back with another `state`.',
    behaviour: { stateAfterSignOut: () => 'of-another-sign-out' },
  },
  'oidcc-client-test-rp-frontchannel-opinitlogout': {
    ...inFrames,
    what: 'A person signs out at the provider, whose page tells the clients in frames.',
    behaviour: {},
  },
  'oidcc-client-test-rp-frontchannel-rpinitlogout': {
    ...inFrames,
    what: 'A person signs out at the site, and the provider’s page tells the clients in frames.',
    behaviour: {},
  },
} as const satisfies Record<string, Module>;
