import type { DynamicStructuredTool } from '@langchain/core/tools';
import type {
	EngineRequest,
	EngineResponse,
	IExecuteFunctions,
	INode,
	INodeParameters,
	INodeType,
} from 'n8n-workflow';
import type { CredentialStore } from './credentialStore.cjs';
import { n8nWorkflow } from './engine.cjs';
import { MANUAL_TRIGGER } from './nodeTypes.cjs';
import { loadPackage } from './package.cjs';
import { START_NODE, runWorkflow } from './run.cjs';
import { buildNode } from './workflow.cjs';

const AGENT = 'test.agent';
const TOOL_NODE = 'background_checks';
