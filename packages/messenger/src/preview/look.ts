import type { Config, Question } from '../panel/config.ts';

/** What the preview reads of a messenger configuration, as the configuration file has it. Parts may be missing. */
export interface Look {
  name?: string;
  languages?: string[];
  authentication?: { enabled?: boolean; allowSessionUpgrade?: boolean };
  preChatSurvey?: { questions?: Partial<Question>[] };
  rating?: { enabled?: boolean; text?: string };
  conversations?: { clear?: boolean; disconnect?: string };
  appearance?: { primaryColor?: string };
  attachments?: { enabled?: boolean; fileTypes?: string[]; maxFileSizeKB?: number };
}

const COLOR = /^#[0-9a-f]{6}$/i;
const FIRST_COLOR = '#0b5fff';

/** As the node would tell it to the panel. */
export function configOf(look: Look): Config {
  const { appearance, attachments, authentication, conversations, preChatSurvey, rating } = look;
  const questions = (preChatSurvey?.questions ?? []).map(question);
  const color = appearance?.primaryColor ?? FIRST_COLOR;
  return {
    active: true,
    name: look.name ?? '',
    color: COLOR.test(color) ? color : FIRST_COLOR,
    languages: look.languages ?? ['en'],
    canClear: conversations?.clear === true,
    typing: false,
    files:
      attachments?.enabled === true
        ? {
            fileTypes: attachments.fileTypes ?? [],
            maxFileSizeKB: attachments.maxFileSizeKB ?? 10_240,
          }
        : undefined,
    around: {
      ...(questions.length > 0 ? { survey: questions } : {}),
      ...(rating?.enabled === true ? { rating: rating.text ? { text: rating.text } : {} } : {}),
    },
    authentication:
      authentication?.enabled === true
        ? { type: 'openid-connect', stepUp: authentication.allowSessionUpgrade === true }
        : null,
  };
}

/** A question that is being written has not everything yet. */
const question = (
  { name, text, type, required, options, link }: Partial<Question>,
  at: number,
): Question => ({
  name: name ?? `question-${at}`,
  text: text ?? '…',
  type: type ?? 'single-line',
  required: required === true,
  ...(options ? { options } : {}),
  ...(link ? { link } : {}),
});
