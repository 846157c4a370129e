import type { AroundStrings } from './around-strings.ts';
import type { Question } from './config.ts';

interface Props {
  questions: Question[];
  strings: AroundStrings;
  /** What is wrong with an answer, by the name of its question. */
  faults: ReadonlyMap<string, string>;
  onSubmit(form: HTMLFormElement): void;
}

/** What is asked before the chat. The fields keep what is in them by themselves. */
export function Survey({ questions, strings, faults, onSubmit }: Props) {
  return (
    <form
      class="survey"
      noValidate
      aria-label={strings.survey}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(event.currentTarget);
      }}
    >
      <h2>{strings.survey}</h2>
      {questions.map((question) => (
        <Field
          key={question.name}
          question={question}
          strings={strings}
          fault={faults.get(question.name)}
        />
      ))}
      <button type="submit" class="primary">
        {strings.start}
      </button>
    </form>
  );
}

function Field({
  question,
  strings,
  fault,
}: {
  question: Question;
  strings: AroundStrings;
  fault: string | undefined;
}) {
  const { name, text, type, required, link } = question;
  const mark = required ? strings.required : strings.optional;
  return (
    <div class="field">
      <label for={`answer-${name}`}>
        {type === 'consent' && <Input question={question} strings={strings} fault={fault} />}
        {text} <small>({mark})</small>
        {type !== 'consent' && <Input question={question} strings={strings} fault={fault} />}
      </label>
      {link && (
        <a href={link} target="_blank" rel="noopener noreferrer">
          {strings.read}
        </a>
      )}
      <p id={`fault-${name}`} class="refused" role="alert">
        {fault}
      </p>
    </div>
  );
}

function Input({
  question: { name, type, required, options = [] },
  strings,
  fault,
}: {
  question: Question;
  strings: AroundStrings;
  fault: string | undefined;
}) {
  const common = {
    id: `answer-${name}`,
    name,
    'aria-required': required,
    'aria-invalid': fault !== undefined,
    'aria-describedby': `fault-${name}`,
  };
  if (type === 'consent') return <input type="checkbox" value="yes" {...common} />;
  if (type === 'multi-line') return <textarea rows={3} maxLength={500} {...common} />;
  if (type === 'single-line') return <input maxLength={200} {...common} />;
  return (
    <select {...common}>
      <option value="">{strings.choose}</option>
      {options.map((option) => (
        <option key={option} value={option}>
          {option}
        </option>
      ))}
    </select>
  );
}

/** What is filled in, by the names of the questions. */
export function answersOf(form: HTMLFormElement): Record<string, string> {
  const answers: Record<string, string> = {};
  for (const [name, value] of new FormData(form)) {
    const text = String(value).trim();
    if (text) answers[name] = text;
  }
  return answers;
}
