export { DOCTOR_USAGE, runDoctor } from './doctor/run-doctor.ts';
export { INSPECT_USAGE, runInspectToken } from './inspect-token.ts';
