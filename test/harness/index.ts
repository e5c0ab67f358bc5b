/** n8n's engine in one process, over the built package. The main entry is run.ts. */
export { type BinaryMode, readBinary } from './binary';
export { type AuthenticatedHelper, callWithCredential } from './credentialCall';
export { CredentialStore, type StoredCredential } from './credentialStore';
export { testCredential } from './credentialTest';
export { engineVersion, isVersion2, packageModule } from './engine';
export { type ListSearch, searchList, type SearchOptions } from './loadOptions';
export { type LoadedPackage, loadPackage } from './package';
export { activatePoll, type ActivePoll, pollNode, type PollOptions } from './poll';
export { RunResult } from './result';
export {
	runNode,
	type RunNodeOptions,
	type RunOptions,
	runWorkflow,
	START_NODE,
	TESTED_NODE,
} from './run';
export { callTool, type ToolCall, type ToolCaller } from './tool';
export type { NodeOptions, WorkflowJson } from './workflow';
