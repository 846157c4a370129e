/** Sentences of what stands around the conversation, by language. */
const en = {
  survey: 'Before we begin',
  required: 'required',
  optional: 'optional',
  choose: 'Please choose',
  missing: 'Please fill this in.',
  consent: 'Please agree to go on.',
  long: 'Please shorten your answers.',
  start: 'Start the chat',
  read: 'Read more',
  closed: 'We are closed right now. Leave a message, and we will answer when we are back.',
  opens: 'We are back {0}. Leave a message, and we will answer then.',
  rate: 'How was this conversation?',
  scores: ['Very bad', 'Bad', 'Fair', 'Good', 'Very good'],
  comment: 'What should we know? (optional)',
  send: 'Send rating',
  thanks: 'Thank you for your rating.',
  notSent: 'Your rating could not be sent. Please try again.',
};
const de: typeof en = {
  survey: 'Bevor wir beginnen',
  required: 'erforderlich',
  optional: 'freiwillig',
  choose: 'Bitte wählen',
  missing: 'Bitte füllen Sie dieses Feld aus.',
  consent: 'Bitte stimmen Sie zu, um fortzufahren.',
  long: 'Bitte kürzen Sie Ihre Antworten.',
  start: 'Chat beginnen',
  read: 'Mehr dazu',
  closed:
    'Wir sind gerade nicht da. Hinterlassen Sie eine Nachricht; wir antworten, sobald wir zurück sind.',
  opens: 'Wir sind {0} wieder da. Hinterlassen Sie eine Nachricht; wir antworten dann.',
  rate: 'Wie war dieses Gespräch?',
  scores: ['Sehr schlecht', 'Schlecht', 'Mittelmäßig', 'Gut', 'Sehr gut'],
  comment: 'Was sollten wir wissen? (freiwillig)',
  send: 'Bewertung senden',
  thanks: 'Danke für Ihre Bewertung.',
  notSent: 'Ihre Bewertung konnte nicht gesendet werden. Bitte versuchen Sie es noch einmal.',
};
const ro: typeof en = {
  survey: 'Înainte să începem',
  required: 'obligatoriu',
  optional: 'opțional',
  choose: 'Alegeți',
  missing: 'Completați acest câmp, vă rugăm.',
  consent: 'Pentru a continua este nevoie de acordul dumneavoastră.',
  long: 'Scurtați răspunsurile, vă rugăm.',
  start: 'Începeți discuția',
  read: 'Aflați mai multe',
  closed: 'Momentan nu suntem disponibili. Lăsați un mesaj și vă răspundem când revenim.',
  opens: 'Revenim {0}. Lăsați un mesaj și vă răspundem atunci.',
  rate: 'Cum a fost această discuție?',
  scores: ['Foarte slab', 'Slab', 'Acceptabil', 'Bine', 'Foarte bine'],
  comment: 'Ce ar trebui să știm? (opțional)',
  send: 'Trimiteți evaluarea',
  thanks: 'Vă mulțumim pentru evaluare.',
  notSent: 'Evaluarea nu a putut fi trimisă. Încercați din nou.',
};

export type AroundStrings = typeof en;
export const aroundStrings = (language: string): AroundStrings =>
  ({ de, ro })[language.slice(0, 2)] ?? en;
