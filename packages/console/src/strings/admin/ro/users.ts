import type { AdminWords } from '../admin-words.ts';
import type { users as english } from '../en/users.ts';

export const users: Pick<AdminWords, keyof typeof english> = {
  users: {
    who: 'Cine este',
    whoLead: 'Cum se numește aici și în fața clienților.',
    name: 'Nume',
    email: 'E-mail',
    emailHint: 'Cu ea se conectează și după ea o cunosc cozile.',
    nickname: 'Poreclă',
    nicknameHint: 'Ce văd clienții. Fără ea: numele',
    roles: 'Roluri',
    rolesLead: 'Cineva poate avea mai multe.',
    rolesLeadWithout:
      'Cineva poate avea mai multe. Pe cine are sau primește rolul pentru secrete îl poate modifica doar cineva cu acel rol.',
    may: 'Ce poate face',
    roleNames: {
      agent: 'Agent',
      supervisor: 'Supervizor',
      administrator: 'Administrator',
      developer: 'Dezvoltator al site-ului',
      secrets: 'Citește secretele',
    },
    roleHints: {
      agent: 'Răspunde clienților.',
      supervisor: 'Vede toate conversațiile și rapoartele, împarte munca, scrie răspunsuri rapide.',
      administrator: 'Configurează totul aici și citește jurnalul.',
      developer:
        'Pune chatul pe site: instalări, chei, încercări de autentificare, probe de repartizare.',
      secrets: 'Vede în clar secretele salvate și hotărăște cine mai poate. Pe lângă un alt rol.',
    },
    signIn: 'Conectare',
    signInLead: 'Fără parolă nu se conectează nimeni cu una.',
    password: 'Parolă',
    work: 'Cât poate prelua',
    workLead: 'Pentru cei care răspund clienților.',
    capacity: 'Capacitate',
    capacityHint: 'O conversație ocupă cât spune fluxul ei, de obicei 30.',
    units: 'unități',
  },
};
