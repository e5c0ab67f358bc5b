import type { INode, NodeApiError, NodeOperationError } from 'n8n-workflow';
import { toNodeError } from '../nodeErrors';

/** Looks like a hyphen, but n8n's editor leaves it alone. */
const UNBROKEN_HYPHEN = '\u2011';

/**
 * A list's error in a form that n8n's editor can show: it splits messages at hyphens and drops them
 * (n8n-editor-ui, below "Could not load list"), and takes a description only from a NodeApiError
 * (n8n, `response-helper.js`).
 */
export function toListError(node: INode, error: unknown): NodeApiError | NodeOperationError {
	const told = toNodeError(node, error);
	told.message = told.message.replace(/[-–—]/g, UNBROKEN_HYPHEN);
	return told;
}
