import type { DryRun } from '@countersign/protocol';
import { Button, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { RequestError } from '../api/request.ts';
import { supervisionApi } from '../api/supervision-api.ts';
import { useWorkspaceState } from '../live/use-workspace.ts';
import { LoadFailed } from '../shell/load-failed.tsx';
import { supervises } from '../shell/roles.ts';
import { words } from '../strings/words.ts';
import { type Faults, type Fields, faultsOf, requestOf, type Subject } from './dry-run-request.ts';

const { dryRun: w } = words;

type Change = (change: Partial<Fields>) => void;

interface Props {
  /** Name of the one whose deployments are offered; not there: all. */
  workstream?: string;
  onTried: (tried: DryRun | null) => void;
}

/** What is tried with; the first field that lacks something is gone to. */
export function DryRunForm({ workstream, onTried }: Props) {
  const form = useDryRun(onTried);
  const { fields, faults, change } = form;
  return (
    <form className="screen-card dry-run-form" noValidate onSubmit={form.submit}>
      <Subjects subject={fields.subject} onChoose={(subject) => change({ subject })} />
      {fields.subject === 'conversation' ? (
        <TextInput
          label={w.conversation}
          description={w.conversationHint}
          value={fields.conversation}
          onChange={(event) => change({ conversation: event.currentTarget.value })}
          error={faults.conversation}
        />
      ) : (
        <NewCustomer fields={fields} faults={faults} change={change} workstream={workstream} />
      )}
      <TextInput
        type="datetime-local"
        label={w.at}
        description={w.atHint}
        value={fields.at}
        onChange={(event) => change({ at: event.currentTarget.value })}
      />
      {form.failure === null ? null : (
        <p className="screen-problem" role="alert">
          {form.failure}
        </p>
      )}
      <Button type="submit" loading={form.busy}>
        {w.submit}
      </Button>
    </form>
  );
}

interface SubjectsProps {
  subject: Subject;
  onChoose: (subject: Subject) => void;
}

/** Developers see no conversation, so they cannot name one. */
function Subjects({ subject, onChoose }: SubjectsProps) {
  const roles = useWorkspaceState((state) => state.me.roles);
  const subjects: Subject[] = supervises(roles)
    ? ['context', 'token', 'conversation']
    : ['context', 'token'];
  return (
    <SegmentedControl
      aria-label={w.subject}
      value={subject}
      data={subjects.map((value) => ({ value, label: w.subjects[value] }))}
      onChange={(value) => {
        const found = subjects.find((known) => known === value);
        if (found) onChoose(found);
      }}
    />
  );
}

function NewCustomer({
  fields,
  faults,
  change,
  workstream,
}: {
  fields: Fields;
  faults: Faults;
  change: Change;
  workstream: string | undefined;
}) {
  return (
    <>
      <DeploymentField
        fields={fields}
        fault={faults.deployment}
        change={change}
        workstream={workstream}
      />
      {fields.subject === 'token' ? (
        <Textarea
          label={w.token}
          description={w.tokenHint}
          autosize
          minRows={3}
          maxRows={8}
          maxLength={20_000}
          autoComplete="off"
          spellCheck={false}
          value={fields.token}
          onChange={(event) => change({ token: event.currentTarget.value })}
          error={faults.token}
        />
      ) : null}
      <Textarea
        label={w.values}
        description={w.valuesHint}
        autosize
        minRows={3}
        maxRows={10}
        value={fields.values}
        onChange={(event) => change({ values: event.currentTarget.value })}
        error={faults.values}
      />
      <TextInput
        label={w.locale}
        description={w.localeHint}
        maxLength={35}
        value={fields.locale}
        onChange={(event) => change({ locale: event.currentTarget.value })}
      />
    </>
  );
}

interface DeploymentProps {
  fields: Fields;
  fault: string | undefined;
  change: Change;
  workstream: string | undefined;
}

function DeploymentField({ fields, fault, change, workstream }: DeploymentProps) {
  const deployments = useQuery({ queryKey: ['deployments'], queryFn: supervisionApi.deployments });
  if (deployments.isError) {
    return <LoadFailed text={w.deploymentsFailed} onRetry={() => void deployments.refetch()} />;
  }
  // A token needs a deployment that knows how to check one
  const items = (deployments.data?.items ?? []).filter(
    (one) =>
      (fields.subject === 'context' || one.setting !== null) &&
      (workstream === undefined || one.workstream === workstream),
  );
  return (
    <Select
      label={w.deployment}
      description={deployments.data && items.length === 0 ? w.noDeployment : null}
      data={items.map(({ id, name, workstream }) => ({
        value: id,
        label: name === workstream ? name : `${name} · ${workstream}`,
      }))}
      value={fields.deployment?.id ?? null}
      onChange={(id) => change({ deployment: items.find((one) => one.id === id) ?? null })}
      allowDeselect={false}
      error={fault}
    />
  );
}

const empty: Fields = {
  subject: 'context',
  deployment: null,
  token: '',
  conversation: '',
  values: '',
  locale: '',
  at: '',
};

function useDryRun(onTried: (tried: DryRun | null) => void) {
  const [fields, setFields] = useState(empty);
  const [faults, setFaults] = useState<Faults>({});
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const found = faultsOf(fields);
    setFaults(found);
    setFailure(null);
    if (Object.keys(found).length > 0) {
      requestAnimationFrame(() => firstWrong(form)?.focus());
      return;
    }
    setBusy(true);
    try {
      onTried(await supervisionApi.dryRun(requestOf(fields)));
    } catch (error) {
      onTried(null);
      setFailure((error instanceof RequestError && error.detail) || w.failed);
    }
    setBusy(false);
  };
  return {
    fields,
    faults,
    busy,
    failure,
    submit: (event: FormEvent<HTMLFormElement>) => void submit(event),
    change: (change: Partial<Fields>) => setFields((before) => ({ ...before, ...change })),
  };
}

const firstWrong = (form: HTMLFormElement): HTMLElement | null =>
  form.querySelector<HTMLElement>('[aria-invalid="true"]');
