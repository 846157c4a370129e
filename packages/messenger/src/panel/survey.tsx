import type { AroundStrings } from './around-strings.ts';
import type { Question } from './config.ts';

interface Props {
  questions: Question[];
  strings: AroundStrings;
  /** What is wrong with an answer, by the name of its question. */
  faults: ReadonlyMap<string, string>;
  /** What is filled in, by the names of the questions. */
  answers: Readonly<Record<string, string>>;
  onInput(form: HTMLFormElement): void;
  onSubmit(form: HTMLFormElement): void;
}

/** What is asked before the chat. */
export function Survey({ questions, strings, faults, answers, onInput, onSubmit }: Props) {
  return (
    <form
      class="survey"
      noValidate
      aria-label={strings.survey}
      onInput={({ currentTarget }) => onInput(currentTarget)}
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
          answer={answers[question.name] ?? ''}
        />
      ))}
      <button type="submit" class="primary">
        {strings.start}
      </button>
    </form>
  );
}

interface FieldProps {
  question: Question;
  strings: AroundStrings;
  fault: string | undefined;
  answer: string;
}

function Field(props: FieldProps) {
  const { question, strings, fault } = props;
  const { name, text, type, required, link } = question;
  const mark = required ? strings.required : strings.optional;
  return (
    <div class="field">
      <label for={`answer-${name}`}>
        {type === 'consent' && <Input {...props} />}
        {text} <small>({mark})</small>
        {type !== 'consent' && <Input {...props} />}
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
  answer,
}: FieldProps) {
  const common = {
    id: `answer-${name}`,
    name,
    'aria-required': required,
    'aria-invalid': fault !== undefined,
    'aria-describedby': `fault-${name}`,
  };
  if (type === 'consent')
    return <input type="checkbox" value="yes" checked={answer !== ''} {...common} />;
  if (type === 'multi-line')
    return <textarea rows={3} maxLength={500} value={answer} {...common} />;
  if (type === 'single-line') return <input maxLength={200} value={answer} {...common} />;
  return (
    <select {...common}>
      <option value="">{strings.choose}</option>
      {options.map((option) => (
        <option key={option} value={option} selected={option === answer}>
          {option}
        </option>
      ))}
    </select>
  );
}

/** By the names of the questions. */
export function answersOf(form: HTMLFormElement): Record<string, string> {
  const pairs = [...new FormData(form)].map(([name, value]) => [name, String(value)]);
  return Object.fromEntries(pairs);
}

/** Those that say something. */
export function trimmed(answers: Readonly<Record<string, string>>): Record<string, string> {
  const pairs = Object.entries(answers).map(([name, text]) => [name, text.trim()]);
  return Object.fromEntries(pairs.filter(([, text]) => text));
}
