/** Someone of the sample world who can sign in at the identity provider and at the portal. */
export interface Person {
  /** The subject. */
  id: string;
  givenName: string;
  familyName: string;
  email: string;
  /** Whether the provider has checked the address; default true. */
  emailVerified?: boolean;
  locale: 'en' | 'de' | 'ro';
  isVip: boolean;
  /** What lies in the cart, in kroner. */
  cartValue: number;
}

/** The password of every sample person; printed on the sign-in page. */
export const SAMPLE_PASSWORD = 'fjell';

export const people: readonly Person[] = [
  {
    id: 'u-1007',
    givenName: 'Ada',
    familyName: 'Ng',
    email: 'ada.ng@example.com',
    locale: 'en',
    isVip: true,
    cartValue: 12_400,
  },
  {
    id: 'u-1012',
    givenName: 'Lena',
    familyName: 'Vogt',
    email: 'lena.vogt@example.com',
    locale: 'de',
    isVip: false,
    cartValue: 890,
  },
  {
    id: 'u-1019',
    givenName: 'Mihai',
    familyName: 'Ionescu',
    email: 'mihai.ionescu@example.com',
    locale: 'ro',
    isVip: false,
    cartValue: 5_250,
  },
];

export function fullName(person: Pick<Person, 'givenName' | 'familyName'>): string {
  return `${person.givenName} ${person.familyName}`;
}

/** By subject, or by e-mail address. */
export function findPerson(among: readonly Person[], key: string | null): Person | undefined {
  return among.find((person) => person.id === key || person.email === key);
}
