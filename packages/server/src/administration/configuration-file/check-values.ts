import type { OpenedConfigurationFile } from '@countersign/protocol';
import { checkClientAuthentication } from './check-client-authentication.ts';
import type { FileFaults } from './faults.ts';

/** Shortest password or API key that is taken (NIST SP 800-63B §3.1.1.2). */
const MIN_SECRET_LENGTH = 8;
const SHA256 = /^[0-9a-f]{64}$/;
/** Salt and key of scrypt, as the sign-in library writes them. */
const PASSWORD_HASH = /^[0-9a-f]{32}:[0-9a-f]{128}$/;

/** Values that are well formed each but cannot stand together, or cannot be true. */
export function checkValues(file: OpenedConfigurationFile, faults: FileFaults): void {
  checkDomains(file, faults);
  checkHours(file, faults);
  checkAttachments(file, faults);
  checkOverflow(file, faults);
  checkSurveys(file, faults);
  checkChannels(file, faults);
  checkClientAuthentication(file, faults);
  checkUsers(file, faults);
  checkApiKeys(file, faults);
}

function checkUsers(file: OpenedConfigurationFile, faults: FileFaults): void {
  file.users.forEach(({ password, passwordHash }, index) => {
    const path = `users[${index}]`;
    if (password !== undefined) checkLength(`${path}.password`, password, faults);
    if (password !== undefined && passwordHash !== undefined)
      faults.report(`${path}.passwordHash`, 'expected none, since there is a password');
    if (passwordHash !== undefined && !PASSWORD_HASH.test(passwordHash))
      faults.report(`${path}.passwordHash`, 'expected a hash as an export writes it');
  });
}

function checkApiKeys(file: OpenedConfigurationFile, faults: FileFaults): void {
  file.apiKeys.forEach((key, index) => {
    const { token, tokenHash } = key;
    const path = `apiKeys[${index}]`;
    if (token !== undefined) checkLength(`${path}.token`, token, faults);
    // One that could not be read is there too, and has its fault
    if ('token' in key === 'tokenHash' in key)
      faults.report(`${path}.token`, 'expected either a token or its tokenHash');
    if (tokenHash !== undefined && !SHA256.test(tokenHash))
      faults.report(`${path}.tokenHash`, 'expected the 64 hexadecimal digits of a SHA-256');
  });
}

function checkLength(path: string, secret: string, faults: FileFaults): void {
  if (secret.length < MIN_SECRET_LENGTH) {
    faults.report(path, `expected at least ${MIN_SECRET_LENGTH} characters`);
  }
}

function checkDomains(file: OpenedConfigurationFile, faults: FileFaults): void {
  file.deployments.forEach(({ allowAllDomains, allowedDomains }, index) => {
    if (!allowAllDomains || allowedDomains.length === 0) return;
    const path = `deployments[${index}].allowedDomains`;
    faults.report(path, 'expected no domains, since allowAllDomains is true');
  });
}

/** A web deployment needs a workstream of its channel, and a sign-in that a browser can do. */
function checkChannels(file: OpenedConfigurationFile, faults: FileFaults): void {
  const channels = new Map(file.workstreams.flatMap(({ name, channel }) => [[name, channel]]));
  const methods = new Map(file.authenticationSettings.flatMap(({ name, type }) => [[name, type]]));
  file.deployments.forEach(({ workstream }, index) => {
    if (channels.get(workstream) !== 'apple') return;
    faults.report(`deployments[${index}].workstream`, 'expected a workstream of the channel web');
  });
  file.messengerConfigurations.forEach(({ authentication }, index) => {
    if (methods.get(authentication.setting ?? '') !== 'apple-oauth') return;
    const path = `messengerConfigurations[${index}].authentication.setting`;
    faults.report(path, 'expected a setting of the type openid-connect or signed-token');
  });
}

function checkHours(file: OpenedConfigurationFile, faults: FileFaults): void {
  file.operatingHours.forEach(({ timeZone, weekly, holidays }, index) => {
    const path = `operatingHours[${index}]`;
    if (!isTimeZone(timeZone)) {
      faults.report(`${path}.timeZone`, 'expected an IANA time zone such as Europe/Berlin');
    }
    for (const [day, hours] of Object.entries(weekly)) {
      checkDay(hours ?? [], `${path}.weekly.${day}`, faults);
    }
    holidays.forEach(({ date }, holiday) => {
      if (!isDate(date))
        faults.report(`${path}.holidays[${holiday}].date`, 'expected a date that exists');
    });
  });
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function isDate(date: string): boolean {
  const parsed = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date);
}

function checkDay(hours: string[], path: string, faults: FileFaults): void {
  let open = '00:00';
  hours.forEach((range, index) => {
    const [from = '', to = ''] = range.split('-');
    if (from >= to) faults.report(`${path}[${index}]`, 'expected hours that end after they begin');
    else if (from < open)
      faults.report(`${path}[${index}]`, `expected hours that begin at ${open} or later`);
    open = to;
  });
}

function checkAttachments(file: OpenedConfigurationFile, faults: FileFaults): void {
  file.messengerConfigurations.forEach(({ attachments: { enabled, fileTypes } }, index) => {
    if (!enabled || fileTypes.length > 0) return;
    const path = `messengerConfigurations[${index}].attachments.fileTypes`;
    faults.report(path, 'expected at least one media type, since attachments are enabled');
  });
}

/** A transfer names another queue, and nothing else does. */
function checkOverflow(file: OpenedConfigurationFile, faults: FileFaults): void {
  file.queues.forEach(({ name, overflow = {} }, index) => {
    for (const [kind, value] of Object.entries(overflow)) {
      if (!value) continue;
      const path = `queues[${index}].overflow.${kind}.queue`;
      const transfers = value.action === 'transfer';
      if (transfers && !value.queue)
        faults.report(path, 'missing: expected the queue to transfer to');
      if (!transfers && value.queue)
        faults.report(path, `expected no queue, since the action is ${value.action}`);
      if (value.queue === name) faults.report(path, 'expected another queue than this one');
    }
  });
}

function checkSurveys(file: OpenedConfigurationFile, faults: FileFaults): void {
  file.messengerConfigurations.forEach(({ preChatSurvey }, index) => {
    preChatSurvey?.questions.forEach(({ type, options, required, link }, question) => {
      const at = `messengerConfigurations[${index}].preChatSurvey.questions[${question}]`;
      if (type === 'consent' && !required)
        faults.report(`${at}.required`, 'expected true, since the type is consent');
      if (type !== 'consent' && link)
        faults.report(`${at}.link`, `expected no link, since the type is ${type}`);
      if ((type === 'options') === (options !== undefined)) return;
      const path = `${at}.options`;
      const expected =
        type === 'options' ? 'missing: expected a list of choices' : 'expected no options';
      faults.report(path, `${expected}, since the type is ${type}`);
    });
  });
}
