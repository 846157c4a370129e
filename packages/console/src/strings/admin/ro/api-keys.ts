import type { AdminWords } from '../admin-words.ts';
import type { apiKeys as english } from '../en/api-keys.ts';

export const apiKeys: Pick<AdminWords, keyof typeof english> = {
  apiKeys: {
    what: 'Nume și roluri',
    whatLead: 'Programul poate face ce pot aceste roluri și nimic altceva.',
    name: 'Nume',
    nameHint: 'Pentru ce program este. Jurnalul îl numește.',
    roles: 'Roluri',
    key: 'Cheie API',
    keyLead: 'Se păstrează doar amprenta ei: nimeni nu o poate citi, nici cu rolul pentru secrete.',
    freshLead:
      'Se face pe acest dispozitiv când o creați și se arată o singură dată. Se păstrează doar amprenta ei.',
    newKey: 'Cheia nouă',
    newKeyLead: 'Copiați-o acum: se arată doar de această dată. Când părăsiți pagina, nu mai este.',
    stored: 'Păstrată ca amprentă.',
    replacing: 'Salvarea face o cheie nouă și o arată. Cea veche nu mai funcționează imediat.',
    replace: 'Înlocuiește…',
    keep: 'Păstrează cheia existentă',
  },
};
