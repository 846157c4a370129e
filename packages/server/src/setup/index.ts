export { createSetup, type SetupParts } from './create-setup.ts';
