import type { Module } from '../module.ts';

/** `oidcc-client-test-3rd-party-init-login-test-plan`. */
export const thirdPartyLoginModules = {
  'oidcc-client-test-3rd-party-init-login': {
    plan: '3rd-party-init-login',
    relyingParty: 'site',
    must: 'accept',
    what: 'The provider asks the site to start a sign-in (Core §4).',
    behaviour: {},
  },
} as const satisfies Record<string, Module>;
