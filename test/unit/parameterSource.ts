import type { IExecuteFunctions } from 'n8n-workflow';
import { ParameterReader } from '../../nodes/shared/form/form';

/** A node type, and the variant of it that a model calls. */
export const NODE_TYPE = 'n8n-nodes-feishu-hire.feishuHire';
export const TOOL_TYPE = `${NODE_TYPE}Tool`;

/**
 * The part of n8n's context that parameters are read from. @param parameters as n8n resolves them,
 * the same for each item
 */
export const contextOf = (parameters: Record<string, unknown>, type = NODE_TYPE) => ({
	getTimezone: () => 'Asia/Shanghai',
	getNode: () => ({ type, parameters }),
	getNodeParameter: (name: string, _itemIndex: number, fallback: unknown) =>
		parameters[name] === undefined ? fallback : parameters[name],
});

/** A reader of these parameters. */
export const readerOf = (parameters: Record<string, unknown>, type?: string): ParameterReader =>
	new ParameterReader(contextOf(parameters, type) as unknown as IExecuteFunctions);
