import type { Deployment } from './objects.ts';

/** What becomes of a guest; `observed`: admitted, and counted as one who would be refused. */
export type GuestAdmission = 'admitted' | 'observed' | 'refused';

type SignInOfDeployment = Pick<Deployment, 'setting'> & {
  configuration: Pick<Deployment['configuration'], 'authentication'>;
};

const ADMISSIONS = { off: 'admitted', observe: 'observed', enforced: 'refused' } as const;

/** Of somebody who gives no proof. A proof that fails is refused wherever it is given (invariant 6). */
export function guestAdmission({ configuration, setting }: SignInOfDeployment): GuestAdmission {
  const { enabled, allowSessionUpgrade } = configuration.authentication;
  if (!enabled || allowSessionUpgrade) return 'admitted';
  return ADMISSIONS[setting?.enforcement ?? 'enforced'];
}

/** Whoever is admitted as a guest where people sign in may still do so: nobody has to start over. */
export function mayStepUp(deployment: SignInOfDeployment): boolean {
  const { enabled, allowSessionUpgrade } = deployment.configuration.authentication;
  return allowSessionUpgrade || (enabled && guestAdmission(deployment) !== 'refused');
}
