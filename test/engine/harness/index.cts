/** n8n's engine in one process, over the built package. See run.cts for the main entry. */
export { type BinaryMode, readBinary } from './binary.cjs';
export { type AuthenticatedHelper, callWithCredential } from './credentialCall.cjs';
export { CredentialStore, type StoredCredential } from './credentialStore.cjs';
export { testCredential } from './credentialTest.cjs';
export { engineVersion, isVersion2, packageModule } from './engine.cjs';
export { type LoadedPackage, loadPackage } from './package.cjs';
export { pollNode, type PollOptions } from './poll.cjs';
export { RunResult } from './result.cjs';
export {
	runNode,
	type RunNodeOptions,
	type RunOptions,
	runWorkflow,
	START_NODE,
	TESTED_NODE,
} from './run.cjs';
export { callTool, type ToolCall, type ToolCaller } from './tool.cjs';
export type { NodeOptions, WorkflowJson } from './workflow.cjs';
